#!/usr/bin/env python3
"""The whole suite, `make test`: on SQLite, on PostgreSQL, in a real browser.

    python tools/test.py [sqlite] [postgresql] [browser] [-- further words for pytest]

What cannot be run here (no server, no browser to be had) is said plainly at the end; with CI=true or
KUTOMO_STRICT=1 that is a failure, so that nothing is green because it was left out.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import chromium  # noqa: E402
import postgres  # noqa: E402

PARTS = ("sqlite", "postgresql", "browser")
NOTHING_COLLECTED = 5
counts = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}


def pytest(words: list[str], env: dict[str, str], report: Path) -> bool:
    """One run of pytest; adds its numbers to the counts. True when all went well."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", f"--junitxml={report}", *words]
    done = subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    if report.exists():
        suite = ElementTree.parse(report).getroot().find("testsuite")
        if suite is not None:
            for name in counts:
                counts[name] += int(suite.get(name, 0))
    return done.returncode == 0


def main() -> int:
    words = sys.argv[1:]
    further = words[words.index("--") + 1 :] if "--" in words else []
    wanted = [word for word in (words[: words.index("--")] if "--" in words else words)] or list(PARTS)
    if unknown := set(wanted) - set(PARTS):
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return 2
    is_strict = os.environ.get("CI") == "true" or os.environ.get("KUTOMO_STRICT") == "1"
    env = {name: value for name, value in os.environ.items() if name != "KUTOMO_DATABASE"}
    env["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's plain interface runs a loop beside the ORM
    parallel = ["-n", "2", "--dist", "loadfile"] if (os.cpu_count() or 1) > 1 and not further else []
    failed, left_out = [], []
    with tempfile.TemporaryDirectory(prefix="kutomo-report-") as place:

        def part(name: str, words: list[str], more: dict[str, str]) -> None:
            if name not in wanted:
                return
            began = time.monotonic()
            print(f"\n--- {name} ---", flush=True)
            if not pytest([*words, *further], env | more, Path(place) / f"{name}.xml"):
                failed.append(name)
            print(f"{name}: {time.monotonic() - began:.0f} s", flush=True)

        part("sqlite", ["--ignore=tests/browser", *parallel], {})
        if "postgresql" in wanted:
            try:
                with postgres.running() as address:
                    words = ["--ignore=tests/browser", *parallel]
                    part("postgresql", words, {"KUTOMO_DATABASE": address})
            except postgres.Missing as why:
                left_out.append(f"the suite on PostgreSQL: {why}")
        if "browser" in wanted:
            try:
                alone = ["-n", "2", "--dist", "loadgroup"] if parallel else []
                part("browser", ["tests/browser", *alone], {"KUTOMO_CHROMIUM": chromium.find()})
            except chromium.Missing as why:
                left_out.append(f"the journeys in a browser: {why}")
    return close(failed, left_out, is_strict)


def close(failed: list[str], left_out: list[str], is_strict: bool) -> int:
    """The last words: what failed, what could not be run, and the line that a reader looks for."""
    for why in left_out:
        print(f"NOT RUN, {why}")
    if failed:
        print(f"failed on: {', '.join(failed)}")
    bad = counts["failures"] + counts["errors"]
    if is_strict:
        bad += len(left_out)
    if failed and bad == 0:
        bad = len(failed)  # a run that broke before it could count
    good = counts["tests"] - counts["failures"] - counts["errors"] - counts["skipped"]
    print(f"{good} passed, {bad} failed, {counts['skipped']} skipped", flush=True)
    return 1 if bad or good == 0 else 0


if __name__ == "__main__":
    sys.exit(main())
