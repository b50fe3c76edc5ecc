"""The network map in a browser without a graphics card: first drawing, and frames while it moves.

Headless Chromium paints with SwiftShader (software). The places come from the server, as always. A frame is what
passes between two of the browser's own frames while the camera pans and zooms for 60 steps; besides, what one whole
picture at rest takes, ties and all. ``python -m bench.map seed 1000`` makes the network (inside an installation).
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import statistics
import sys
from pathlib import Path
from typing import Any

from .installation import Installation, chromium

SIZES = {1000: 7_000, 10_000: 73_000}
WIDE = {"width": 1440, "height": 900}
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
]

# A hand that drags for 40 frames and turns the wheel for 20: sigma gets the events that a mouse would give it, one a
# frame of the browser; what passes between these frames is told in milliseconds.
MOVE = """async () => {
  const stage = document.querySelector("[data-big]"), layer = stage.querySelector(".sigma-mouse");
  const frame = () => new Promise(ready => requestAnimationFrame(ready));
  const box = layer.getBoundingClientRect(), x = box.x + box.width / 2, y = box.y + box.height / 2;
  const fire = (target, type, dx, dy, more = {}) => {
    const given = { bubbles: true, cancelable: true, clientX: x + dx, clientY: y + dy, button: 0, buttons: 1, ...more };
    target.dispatchEvent(type === "wheel" ? new WheelEvent(type, given) : new MouseEvent(type, given));
  };
  const times = [];
  await frame();
  let last = performance.now();
  const tick = async () => { await frame(); const now = performance.now(); times.push(now - last); last = now; };
  fire(layer, "mousedown", 0, 0);
  for (let step = 1; step <= 40; step++) {
    const turn = step / 20 * Math.PI;
    fire(layer, "mousemove", 120 * Math.sin(turn), 80 * Math.cos(turn));
    await tick();
  }
  fire(layer, "mouseup", 0, 0);
  for (let step = 0; step < 20; step++) {
    if (step % 5 === 0) fire(layer, "wheel", 0, 0, { deltaY: step < 10 ? -120 : 120 });
    await tick();
  }
  return times;
}"""
# One whole picture at rest: drawn, and read back so that the card is really done.
REST = """async () => {
  const renderer = document.querySelector("[data-big]").renderer;
  await new Promise(ready => setTimeout(ready, 1200));
  const began = performance.now();
  renderer.render();
  for (const name of ["edges", "nodes"]) {
    const gl = renderer.webGLContexts[name];
    gl.bindFramebuffer(gl.FRAMEBUFFER, null);
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  }
  return performance.now() - began;
}"""
# When the picture stood, counted from the click; the mark is set by big.js.
DRAWN = """async () => {
  for (let tries = 0; tries < 1000; tries++) {
    const mark = performance.getEntriesByName("netmap-drawn")[0];
    if (mark) return mark.startTime;
    await new Promise(ready => setTimeout(ready, 20));
  }
}"""


def seed(members: int) -> dict[str, Any]:
    """A network with a closed wave of that many members, in groups; its slug and the leader's session."""
    import django

    django.setup()
    from datetime import date

    from django.test import Client
    from tests import make

    from kutomo.core.networks import queries as networks
    from kutomo.ground.clock import now
    from kutomo.ground.graph import layouts
    from kutomo.work.relations.models import Frozen, Wave
    from kutomo.work.relations.rules.shape import Member, Report, ShownTie

    from .graph import drawn

    leader = make.person("Vesa Vetäjä", f"vesa-{members}@example.org")
    network = make.network(leader, f"Kartta {members}")
    own = networks.seats(network)[0].pk
    g, groups = drawn(members, int(SIZES[members] * 1.18))
    union = g.sym()
    seats = [own, *range(1_000_000, 1_000_000 + members - 1)]
    kinds = ("association", "public", "parish", "foundation", "company", "school", "group")
    kind = {code: kinds[place % 7] for place, code in enumerate(sorted(set(groups)))}
    rows = tuple(
        Member(seat, f"Järjestö {place} ry", kind[groups[place]], f"{place % 21 + 1:02}", True)
        for place, seat in enumerate(seats)
    )
    ties = []
    pairs = zip(union.tails.tolist(), union.heads.tolist(), strict=True)
    for number, (a, b) in enumerate(pairs):
        evidence = "one" if number % 6 == 0 else "both"
        one, other = sorted((seats[a], seats[b]))
        ties.append(ShownTie(one, other, "knows", number % 3 + 1, evidence))
        if number % 3 == 0:
            ties.append(ShownTie(one, other, "works", number % 2 + 1, evidence))
    places = layouts.force(union) if members <= 1000 else _scattered(groups)
    report = Report(
        1, 1, date(2026, 3, 17), members, members, "all", rows, tuple(ties), {}, dict(zip(seats, places, strict=True))
    )
    wave = Wave.objects.create(
        network=network, number=1, status="closed", purpose="bench", language="fi", opens_on=date(2026, 3, 1),
        closes_on=date(2026, 3, 17), created_at=now(), opened_at=now(), closed_at=now(),
    )  # fmt: skip
    Frozen.objects.create(wave=wave, state=Frozen.State.READY, content=report.to_json(), made_at=now())
    client = Client()
    client.force_login(leader)
    return {"network": network.slug, "session": client.cookies["session"].value, "ties": union.m}


def _scattered(groups: list[str]) -> list[tuple[float, float]]:
    """Places by group, at once: how long a layout takes is measured elsewhere."""
    dice = random.Random(1)
    middle = {code: (dice.random(), dice.random()) for code in sorted(set(groups))}
    return [(middle[code][0] + dice.gauss(0, 0.07), middle[code][1] + dice.gauss(0, 0.07)) for code in groups]


def run(sizes: tuple[int, ...] = (1000, 10_000)) -> dict[str, Any]:
    """For each size: first drawing, frames in motion, a picture at rest, and the largest task while loading."""
    from playwright.sync_api import sync_playwright

    found: dict[str, Any] = {}
    with Installation() as house:
        plans = {
            size: json.loads(house.run(sys.executable, "-m", "bench.map", "seed", str(size)).strip().splitlines()[-1])
            for size in sizes
        }
        house.start()
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
            for size, plan in plans.items():
                found[str(size)] = _measure(browser, house, plan)
            browser.close()
    return found


def _busy() -> float:
    """Milliseconds of the processor that everything this process has started has used so far."""
    children: dict[int, list[tuple[int, int]]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                line = (entry / "stat").read_text().rpartition(")")[2].split()
                children.setdefault(int(line[1]), []).append((int(entry.name), int(line[11]) + int(line[12])))
    total, queue = 0, [os.getpid()]
    while queue:
        for child, used in children.get(queue.pop(), []):
            total += used
            queue.append(child)
    return total * 1000 / os.sysconf("SC_CLK_TCK")


def _measure(browser: Any, house: Installation, plan: dict[str, Any]) -> dict[str, Any]:
    context = browser.new_context(viewport=WIDE, locale="fi-FI")
    context.add_cookies([{"name": "session", "value": plan["session"], "url": house.url}])
    address = f"{house.url}/n/{plan['network']}/map/?around=all"
    first = []
    page = context.new_page()
    for _visit in range(3):  # the first fetches the scripts, the others have them
        page.goto(address)
        first.append(page.evaluate(DRAWN))
    page.locator("[data-big]").scroll_into_view_if_needed()
    page.evaluate(MOVE)
    before = _busy()
    times = page.evaluate(MOVE)
    busy = (_busy() - before) / len(times)
    rest = [page.evaluate(REST) for _time in range(3)]
    limit = page.evaluate("document.querySelector('[data-big]').clientWidth")
    context.close()
    return {
        "ties": plan["ties"],
        "first_ms": round(first[0]),
        "again_ms": round(statistics.median(first[1:])),
        "frame_ms": round(statistics.mean(times), 1),
        "p95_frame_ms": round(sorted(times)[-4], 1),
        "cpu_ms_a_frame": round(busy, 1),  # of all processes of the browser: tells more when others use the machine
        "rest_ms": round(statistics.median(rest)),
        "width": limit,
    }


if __name__ == "__main__":
    if sys.argv[1:2] == ["seed"]:
        print(json.dumps(seed(int(sys.argv[2]))))
    else:
        print(json.dumps(run(), indent=2))
