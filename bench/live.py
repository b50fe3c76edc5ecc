"""A live meeting: phones that answer at once, spread out, and that follow the host's moves."""

from __future__ import annotations

import asyncio
import time
import urllib.request

from .installation import Installation
from .phones import Phone, at, gather, storm

ROUNDS = 3  # the canvas takes three answers of one phone
BEAT = 1.0  # seconds between two questions of a phone, as in static/meetings/live.js


def rows(house: Installation, query: str) -> list[tuple]:
    """What the database says, whichever it is."""
    if house.database:
        import psycopg

        with psycopg.connect(house.database) as line:
            return line.execute(query).fetchall()
    import sqlite3

    with sqlite3.connect(house.folder / "kutomo.sqlite3", timeout=20) as line:
        return line.execute(query).fetchall()


def stored(house: Installation) -> int:
    """How many answers the canvas holds, sealed until their reveal or open."""
    return sum(rows(house, f"SELECT count(*) FROM founding_{table}")[0][0] for table in ("sealed", "answer"))


def answering(count: int, slow_disk: bool = False, database: str = "", processes: int = 1, spread: float = 0.0) -> dict:
    """Three rounds of ``count`` answers on the canvas question; the worst round counts."""
    with Installation(database=database, slow_disk=slow_disk, processes=processes) as house:
        plan = house.seed("meeting", "canvas")
        house.start()

        async def run() -> list:
            phones = await gather(house.port, plan["code"], count)
            joined.append(house.cpu())
            mine.append(time.process_time())
            return [await storm(phones, plan["step"], plan["slot"], spread) for _ in range(1 if spread else ROUNDS)]

        joined: list[float] = []
        mine: list[float] = []
        rounds = asyncio.run(run())
        sent = sum(one.sent for one in rounds)
        worst = max(rounds, key=lambda one: one.p95)
        return {
            "phones": count,
            "rounds": len(rounds),
            "acknowledged": sum(one.acknowledged for one in rounds),
            "sent": sum(one.sent for one in rounds),
            "stored": stored(house),
            "p50_ms": round(1000 * worst.p50),
            "p95_ms": round(1000 * worst.p95),
            "p99_ms": round(1000 * max(one.p99 for one in rounds)),
            "longest_ms": round(1000 * max(one.longest for one in rounds)),
            "p99_each_round_ms": [round(1000 * one.p99) for one in rounds],
            "all_after_s": round(max(one.all_after for one in rounds), 2),
            "cpu_ms_each": round(1000 * (house.cpu() - joined[0]) / sent, 2),
            "generator_cpu_ms_each": round(1000 * (time.process_time() - mine[0]) / sent, 2),
        }


def following(count: int, database: str = "", processes: int = 1) -> dict:
    """The host moves on; how long until each phone has the new step on its screen."""
    with Installation(database=database, processes=processes) as house:
        plan = house.seed("meeting", "canvas")
        house.start()
        targets = [plan["steps"][name] for name in ("pairs", "harvest", "upkeep", "promises", "word")]
        late: list[float] = []

        async def follow(phone: Phone, moves: asyncio.Queue, stop: asyncio.Event) -> None:
            await phone.beat()
            await asyncio.sleep(BEAT * (phone.number % 100) / 100)
            while not stop.is_set():
                if await phone.beat():
                    moves.put_nowait(time.perf_counter())
                await asyncio.sleep(BEAT * (0.85 + 0.3 * ((phone.number * 7919) % 100) / 100))

        async def run() -> None:
            phones = await gather(house.port, plan["code"], count)
            moves: asyncio.Queue = asyncio.Queue()
            stop = asyncio.Event()
            tasks = [asyncio.create_task(follow(phone, moves, stop)) for phone in phones]
            await asyncio.sleep(2.5)
            while not moves.empty():
                moves.get_nowait()
            for target in targets:
                began = time.perf_counter()
                await asyncio.to_thread(press, house, plan, target)
                for _ in phones:
                    late.append(await asyncio.wait_for(moves.get(), 20) - began)
            stop.set()
            await asyncio.gather(*tasks)

        asyncio.run(run())
        return {
            "phones": count,
            "moves": len(targets),
            "p50_ms": round(1000 * at(late, 0.5)),
            "p95_ms": round(1000 * at(late, 0.95)),
            "last_ms": round(1000 * max(late)),
        }


def idle(count: int, seconds: float = 10.0) -> dict:
    """What it costs that ``count`` phones ask for news each second."""
    with Installation() as house:
        plan = house.seed("meeting", "canvas")
        house.start()

        async def run() -> tuple[int, float]:
            phones = await gather(house.port, plan["code"], count)
            for phone in phones:
                await phone.beat()
            before, end, asked = house.cpu(), time.perf_counter() + seconds, 0

            async def one(phone: Phone) -> int:
                n = 0
                await asyncio.sleep(BEAT * phone.number / len(phones))
                while time.perf_counter() < end:
                    await phone.beat()
                    n += 1
                    await asyncio.sleep(BEAT)
                return n

            asked = sum(await asyncio.gather(*(one(phone) for phone in phones)))
            return asked, house.cpu() - before

        asked, used = asyncio.run(run())
        return {
            "phones": count,
            "asked": asked,
            "cpu_ms_each": round(1000 * used / asked, 3),
            "share_of_a_core": round(used / seconds, 3),
        }


def press(house: Installation, plan: dict, step: int) -> None:
    """The host presses "next": a signed-in POST with its token."""
    import http.cookiejar
    import re
    import urllib.parse

    jar = http.cookiejar.CookieJar()
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar))
    opener.addheaders = [("Cookie", f"session={plan['session']}")]
    base = f"{house.url}/n/{plan['network']}/meetings/{plan['meeting']}/"
    page = opener.open(base + "host/").read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    csrf = next(cookie.value for cookie in jar if cookie.name == "csrf")
    asked = urllib.request.Request(
        base + f"go/{step}/",
        data=urllib.parse.urlencode({"csrfmiddlewaretoken": token[1]}).encode(),  # type: ignore[index]
        headers={"Cookie": f"session={plan['session']}; csrf={csrf}", "Referer": base},
    )
    urllib.request.build_opener(urllib.request.HTTPErrorProcessor(), _Stay()).open(asked)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Do not walk on to the page behind the button."""

    def redirect_request(self, *_: object) -> None:
        return None

    def http_error_302(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]
        return fp

    http_error_303 = http_error_302
