"""Lighthouse's four marks on each type of page, as a phone sees it. Needs Node; says plainly when it is not there.

Lighthouse is installed once into .tools/lighthouse by npm. Run one page alone: ``python -m bench lighthouse:members``.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

from .installation import ROOT, Installation, chromium
from .phones import Phone

VERSION = "12.8.2"  # the last one for Node 20
OLDEST_NODE = 18
FOLDER = ROOT / ".tools" / "lighthouse"
PROGRAM = FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"
MARKS = ("performance", "accessibility", "best-practices", "seo")
TRIES = 3
"""A busy machine draws slowly: performance counts as the middle of so many runs, unless the first is 100."""


class Missing(Exception):
    """Why Lighthouse cannot be run here."""


def program() -> list[str]:
    """The command; installs Lighthouse the first time."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        raise Missing("Node is not installed here (node and npm)")
    version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    if int(version.lstrip("v").split(".")[0]) < OLDEST_NODE:
        raise Missing(f"Node {version} is too old, it needs {OLDEST_NODE}")
    if not PROGRAM.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [npm, "install", "--no-audit", "--no-fund", "--prefix", str(FOLDER), f"lighthouse@{VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise Missing(f"npm could not install Lighthouse {VERSION}: {done.stderr.strip().splitlines()[-1]}")
    return [node, str(PROGRAM)]


def marks(only: str = "") -> dict:
    """Page type -> its four marks, and what cost one."""
    command = program()
    found: dict[str, dict] = {}
    with Installation() as house:
        plan = house.seed("network")
        base = f"/n/{plan['network']}"
        pages = {
            "front": "/",
            "sign-in": "/sign-in/",
            "list": f"{base}/talk/",
            "thread": f"{base}/talk/{plan['thread']}/",
            "members": f"{base}/members/",
        }
        _each(command, house, pages, f"session={plan['session']}", only, found)
    with Installation() as house:
        plan = house.seed("meeting", "canvas")
        base = f"/n/{plan['network']}"
        house.start()
        phone = Phone(house.port, plan["code"], 1)
        asyncio.run(phone.join())
        cookies = "; ".join(f"{name}={value}" for name, value in phone.cookies.items())
        live = {"code": "/live/", "answer": f"/live/{plan['code']}/"}
        _each(command, house, {"join": f"/live/{plan['code']}/"}, "", only, found)
        _each(command, house, live, cookies, only, found)
        pages = {
            "founding": f"{base}/founding/",
            "meeting": f"{base}/meetings/{plan['meeting']}/",
            "host": f"{base}/meetings/{plan['meeting']}/host/",
            "big screen": f"{base}/meetings/{plan['meeting']}/screen/",
        }
        _each(command, house, pages, f"session={plan['session']}", only, found)
    return found


def _each(command: list[str], house: Installation, pages: dict, cookie: str, only: str, found: dict) -> None:
    for name, path in pages.items():
        if only and name != only:
            continue
        if house.process is None:
            house.start()
        signed_in = cookie if name not in ("front", "sign-in", "code") else ""
        runs = [_run(command, house.url + path, signed_in)]
        while runs[0]["performance"] < 100 and len(runs) < TRIES:
            runs.append(_run(command, house.url + path, signed_in))
        found[name] = runs[-1] | {"performance": int(statistics.median(run["performance"] for run in runs))}
        found[name]["runs"] = [run["performance"] for run in runs]


def _run(command: list[str], address: str, cookie: str) -> dict:
    with tempfile.TemporaryDirectory() as place:
        report = Path(place) / "report.json"
        words = [*command, address, "--quiet", "--output=json", f"--output-path={report}"]
        words += [f"--only-categories={','.join(MARKS)}"]
        words += ["--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage --disable-gpu"]
        if cookie:
            headers = Path(place) / "headers.json"
            headers.write_text(json.dumps({"Cookie": cookie}))
            words.append(f"--extra-headers={headers}")
        environment = os.environ | {"CHROME_PATH": chromium()}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, timeout=180)
        if not report.exists():
            raise SystemExit(f"Lighthouse failed at {address}:\n{done.stderr[-2000:]}")
        said = json.loads(report.read_text())
    if said["finalDisplayedUrl"].split("?")[0] != address:
        raise SystemExit(f"{address} led to {said['finalDisplayedUrl']}")
    found: dict = {mark: round(100 * (said["categories"][mark]["score"] or 0)) for mark in MARKS}
    found["cost"] = sorted(
        f"{row['id']}"
        for mark in MARKS
        for row in said["categories"][mark]["auditRefs"]
        if row["weight"] and (said["audits"][row["id"]]["score"] or 0) < (0.9 if mark == "performance" else 1)
        and said["audits"][row["id"]]["scoreDisplayMode"] not in ("notApplicable", "informative", "manual")
    )  # fmt: skip
    return found
