"""Pages: CPU of one request against the control in the same run, queries, weight in a real browser, memory."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import subprocess
import sys
import time
import urllib.request

from .installation import ROOT, Installation, chromium
from .phones import Phone

KINDS = ("list of 20", "thread of 10", "members of 50")
CONTROL = {"list of 20": "/threads/", "thread of 10": "/thread/1/", "members of 50": "/members/"}


class Control(Installation):
    """The control app under the same server, with the same number of threads."""

    def __enter__(self) -> Control:
        super().__enter__()
        self.session = self.run(sys.executable, "-m", "bench.control").strip()
        return self

    @property
    def environment(self) -> dict[str, str]:
        return super().environment | {"CONTROL_DATA": str(self.folder)}

    def start(self) -> float:
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--http",
            "1",
            "--no-ws",
            "--log-level",
            "error",
        ]
        command += ["--port", str(self.port), "--workers", "1", "--blocking-threads", "16", "bench.control:application"]
        self.process = subprocess.Popen(
            command,
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        began = time.perf_counter()
        while time.perf_counter() - began < 60:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.url + "/members/", timeout=5).read()
                return time.perf_counter() - began
            time.sleep(0.05)
        raise SystemExit("the control did not come up")

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(5)
            if self.process.poll() is None:
                self.kill()


def cost(rounds: int = 3, requests: int = 60) -> dict:
    """CPU milliseconds of one request, ours and the control's, interleaved; the ratio is what is promised."""
    with Installation() as house, Control() as control:
        plan = house.seed("network")
        base = f"/n/{plan['network']}"
        ours = {
            "list of 20": f"{base}/talk/",
            "thread of 10": f"{base}/talk/{plan['thread']}/",
            "members of 50": f"{base}/members/",
        }
        house.start()
        control.start()
        used: dict[tuple[str, str], list[float]] = {}
        for number in range(rounds + 1):
            for kind in KINDS:
                for name, place, path, session in (
                    ("ours", house, ours[kind], ("session", plan["session"])),
                    ("control", control, CONTROL[kind], ("sessionid", control.session)),
                ):
                    milliseconds = asyncio.run(_slice(place, path, session, requests))
                    if number:  # the first round warms up
                        used.setdefault((kind, name), []).append(milliseconds)
        asked = house.seed("queries", plan["session"], *ours.values())
        found = {}
        for kind in KINDS:
            mine, theirs = min(used[kind, "ours"]), min(used[kind, "control"])
            found[kind] = {
                "ours_ms": round(mine, 2),
                "control_ms": round(theirs, 2),
                "ratio": round(mine / theirs, 2),
                "queries": asked[ours[kind]],
            }
        return found


async def _slice(place: Installation, path: str, session: tuple[str, str], requests: int) -> float:
    phone = Phone(place.port, "", 0, cookies=dict([session]))
    status, _, page = await phone.ask("GET", path, Accept_Encoding="gzip")
    if status != 200:
        raise SystemExit(f"{path} answers {status}: {page[:200]!r}")
    before = place.cpu()
    for _ in range(requests):
        await phone.ask("GET", path, Accept_Encoding="gzip")
    phone.hang_up()
    return 1000 * (place.cpu() - before) / requests


def memory() -> dict:
    """Proportional memory of an installation after some use: supervisor, worker, one web process and two."""
    found = {}
    for processes in (1, 2):
        with Installation(processes=processes, worker=True) as house:
            plan = house.seed("network")
            house.start()
            for path in ("/talk/", f"/talk/{plan['thread']}/", "/members/", "/"):
                asyncio.run(_slice(house, f"/n/{plan['network']}{path}", ("session", plan["session"]), 40))
            time.sleep(3)
            found[f"{processes} web + worker"] = round(house.memory())
    return found


def weights() -> dict:
    """Bytes over the line in Chromium, cold and again; requests; how much of it is JavaScript."""
    from playwright.sync_api import sync_playwright

    with Installation() as house:
        plan = house.seed("meeting", "canvas")
        house.start()
        phone = Phone(house.port, plan["code"], 1)
        asyncio.run(phone.join())
        base = f"/n/{plan['network']}"
        pages = {
            "code": "/live/",
            "join": f"/live/{plan['code']}/",
            "answer": f"/live/{plan['code']}/",
            "meeting": f"{base}/meetings/{plan['meeting']}/",
            "big screen": f"{base}/meetings/{plan['meeting']}/screen/",
            "host": f"{base}/meetings/{plan['meeting']}/host/",
            "talk": f"{base}/talk/",
            "members": f"{base}/members/",
            "founding": f"{base}/founding/",
        }
        found = {}
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            for name, path in pages.items():
                context = browser.new_context(viewport={"width": 412, "height": 900}, locale="fi-FI")
                if name not in ("code", "join", "answer"):
                    context.add_cookies([{"name": "session", "value": plan["session"], "url": house.url}])
                if name == "answer":
                    context.add_cookies([{"name": n, "value": v, "url": house.url} for n, v in phone.cookies.items()])
                found[name] = _weigh(context, house.url + path)
                context.close()
            browser.close()
        return found


def _weigh(context, address: str) -> dict:  # type: ignore[no-untyped-def]
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    kinds: dict[str, str] = {}
    taken: list[tuple[str, int]] = []
    line.on(
        "Network.responseReceived",
        lambda event: event["response"]["url"].startswith("http") and kinds.update({event["requestId"]: event["type"]}),
    )
    line.on(
        "Network.loadingFinished",
        lambda event: (
            event["requestId"] in kinds and taken.append((kinds[event["requestId"]], int(event["encodedDataLength"])))
        ),
    )
    answer = page.goto(address, wait_until="load")
    if answer.status != 200:
        raise SystemExit(f"{address} answers {answer.status}")
    page.wait_for_timeout(300)
    cold = [row for row in taken if row[0] != "Fetch"]
    taken.clear()
    page.goto(address, wait_until="load")
    page.wait_for_timeout(300)
    warm = [row for row in taken if row[0] != "Fetch" and row[1]]
    return {
        "cold_kib": round(sum(size for _, size in cold) / 1024, 1),
        "requests": len(cold),
        "script_kib": round(sum(size for kind, size in cold if kind == "Script") / 1024, 1),
        "warm_kib": round(sum(size for _, size in warm) / 1024, 1),
    }
