#!/usr/bin/env python3
"""Finds a Chromium for the tests, or brings one.

In this order: KUTOMO_CHROMIUM; one on the path; as root, Debian's package; the npm package @sparticuz/chromium.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PACKAGE = "@sparticuz/chromium@147.0.0"


class Missing(Exception):
    """No browser can be had here; says why."""


def find() -> str:
    """The path of a Chromium that starts; raises Missing."""
    if given := os.environ.get("KUTOMO_CHROMIUM"):
        return given
    if found := _on_path():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        env = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        subprocess.run(["apt-get", "update", "-qq"], env=env, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=env, **quiet)
        if found := _on_path():
            return found
    if shutil.which("npm") and (found := _from_npm()):
        return found
    raise Missing("no Chromium is installed, and neither apt-get (as root) nor npm could bring one")


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_npm() -> str | None:
    place = ROOT / ".tools" / "chromium"
    program = place / "chromium"
    if not program.exists():
        place.mkdir(parents=True, exist_ok=True)
        install = ["npm", "install", "--prefix", str(place), "--no-audit", "--no-fund", "--silent", PACKAGE]
        if subprocess.run(install, stdin=subprocess.DEVNULL).returncode:
            return None
        unpack = (
            "import('@sparticuz/chromium').then(async m => {const c = m.default;"
            "console.log(await (c.executablePath ? c.executablePath() : c.default.executablePath()))})"
        )
        out = subprocess.run(["node", "--input-type=module", "-e", unpack], cwd=place, capture_output=True, text=True)
        if out.returncode or not Path(out.stdout.strip()).exists():
            return None
        shutil.copy(out.stdout.strip(), program)
    return str(program)


if __name__ == "__main__":
    try:
        print(find())
    except Missing as why:
        sys.exit(f"No browser here: {why}")
