"""The tools around the house: locked packages, the licence, the reference pages."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tomllib

from .source import ROOT

PUBLIC = {"https://pypi.org/simple", "https://files.pythonhosted.org"}


def test_the_lock_names_only_the_public_registry():
    text = (ROOT / "uv.lock").read_text()
    hosts = {re.sub(r"(https://[^/]+).*", r"\1", url) for url in re.findall(r'https?://[^"\s]+', text)}
    assert hosts == {"https://pypi.org", "https://files.pythonhosted.org"}
    for name in ("requirements.lock", "requirements-dev.lock", "requirements-postgres.lock"):
        assert not re.search(r"index-url|https?://|file:", (ROOT / name).read_text()), name


def test_the_lock_is_of_this_project():
    """uv.lock knows the very dependencies of pyproject.toml, and the lists for pip are the same versions."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lock = tomllib.loads((ROOT / "uv.lock").read_text())
    own = next(package for package in lock["package"] if package["name"] == project["project"]["name"])

    def name(requirement: str) -> str:
        return re.split(r"[\[<>=!~; ]", requirement, maxsplit=1)[0].lower().replace("_", "-")

    said = {name(one) for one in project["project"]["dependencies"]}
    assert {one["name"] for one in own["metadata"]["requires-dist"]} == said
    versions = {package["name"]: package.get("version") for package in lock["package"]}
    for file in ("requirements.lock", "requirements-dev.lock"):
        for package, version in re.findall(r"^([a-z0-9.-]+)==(\S+)", (ROOT / file).read_text(), re.M):
            assert versions[package] == version, f"{file}: {package}; run `make lock`"


def test_every_dependency_says_why():
    text = (ROOT / "pyproject.toml").read_text()
    block = text[text.index("dependencies = [") : text.index("[project.scripts]")]
    silent = [line for line in block.splitlines() if line.strip().startswith('"') and "#" not in line]
    assert not silent, silent


def test_the_reference_is_current():
    done = subprocess.run([sys.executable, "tools/docs.py", "--check"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_licence_is_the_licence():
    """The text as the Free Software Foundation gives it out, untouched."""
    text = (ROOT / "LICENSE").read_bytes()
    assert b"GNU AFFERO GENERAL PUBLIC LICENSE\n                       Version 3, 19 November 2007" in text
    assert hashlib.sha256(text).hexdigest() in LICENCE_SUMS


# The file as printed at gnu.org/licenses/agpl-3.0.txt.
LICENCE_SUMS = {"0d96a4ff68ad6d4b6f1f30f713b18d5184912ba8dd389f86aa7710db079abcb0"}
