"""kill -9 of the whole server again and again while phones answer: nothing acknowledged may be missing or doubled."""

from __future__ import annotations

import asyncio
import hashlib
import random
import secrets
import time
from dataclasses import dataclass, field

from .installation import Installation
from .live import rows
from .phones import Phone, gather

WRITERS = 20


@dataclass
class Ledger:
    """What the phones know: which claim codes were acknowledged, and which were never answered."""

    acknowledged: set[str] = field(default_factory=set)
    open: dict[str, tuple[Phone, int]] = field(default_factory=dict)
    refused: int = 0


def run(kills: int, seed: int = 7) -> dict:
    """``kills`` times: start, answers for a moment, kill; then send what stayed open again with the same codes."""
    draw = random.Random(seed)
    book, ups = Ledger(), []
    with Installation() as house:
        plan = house.seed("meeting", "harvest")  # named lines: five needs and five offers of each phone
        house.start()
        # Enough phones that nobody runs out of answers.
        phones = asyncio.run(gather(house.port, plan["code"], WRITERS * (kills + 1)))
        house.kill()
        resent = 0
        for number in range(kills):
            ups.append(house.start())
            for phone in phones:
                phone.hang_up()
            resent += asyncio.run(_again(book, plan))
            _check(book, house, f"after kill {number}")
            asyncio.run(
                _storm(book, phones[number * WRITERS : (number + 1) * WRITERS], plan, house, draw.uniform(0.05, 0.4))
            )
        ups.append(house.start())
        resent += asyncio.run(_again(book, plan))
        _check(book, house, "at the end")
        house.stop()
        import sqlite3

        with sqlite3.connect(house.folder / "kutomo.sqlite3") as line:
            sound = line.execute("PRAGMA integrity_check").fetchone()[0]
            orphans = line.execute("PRAGMA foreign_key_check").fetchall()
        if sound != "ok" or orphans:
            raise SystemExit(f"the database is not sound: {sound} {orphans}")
    ups.sort()
    return {
        "kills": kills,
        "acknowledged": len(book.acknowledged),
        "lost": 0,
        "twice": 0,
        "sent_again": resent,
        "refused": book.refused,
        "up_again_p50_s": round(ups[len(ups) // 2], 2),
        "up_again_max_s": round(ups[-1], 2),
    }


async def _storm(book: Ledger, phones: list[Phone], plan: dict, house: Installation, seconds: float) -> None:
    """Phones answer as fast as they can until the server is killed under them."""
    over = asyncio.Event()

    async def one(phone: Phone) -> None:
        for number in range(10):
            if over.is_set():
                return
            claim = secrets.token_hex(16)
            book.open[claim] = (phone, number)
            got = await _send(phone, plan, claim, number)
            _note(book, claim, got)
            await asyncio.sleep(0.02)

    async def axe() -> None:
        await asyncio.sleep(seconds)
        over.set()
        await asyncio.to_thread(house.kill)

    await asyncio.gather(axe(), *(one(phone) for phone in phones))


async def _send(phone: Phone, plan: dict, claim: str, number: int) -> bool | None:
    slot = "need" if number < 5 else "offer"
    return await phone.answer(plan["step"], slot, f"Rivi {number}", claim)


def _note(book: Ledger, claim: str, got: bool | None) -> None:
    if got is None:
        return
    book.open.pop(claim, None)
    if got:
        book.acknowledged.add(claim)
    else:
        book.refused += 1


async def _again(book: Ledger, plan: dict) -> int:
    """Send what never got an answer again, with the same codes, as a phone does by itself."""
    waiting = list(book.open.items())
    for claim, (phone, number) in waiting:
        phone.hang_up()
        _note(book, claim, await _send(phone, plan, claim, number))
    return len(waiting)


def _check(book: Ledger, house: Installation, when: str) -> None:
    began = time.perf_counter()
    stored = [key for (key,) in rows(house, "SELECT key FROM meetings_answer")]
    keys = {
        hashlib.sha256(f"{claim}\n{slot}".encode()).hexdigest(): claim
        for claim in book.acknowledged
        for slot in ("need", "offer")
    }
    found = {keys[key] for key in stored if key in keys}
    lost = book.acknowledged - found
    counted = rows(house, "SELECT COALESCE(SUM(times), 0) FROM meetings_turn")[0][0]
    if lost or len(stored) != len(set(stored)) or counted != len(stored):
        raise SystemExit(
            f"{when}: {len(lost)} acknowledged answers lost, {len(stored) - len(set(stored))} twice,"
            f" {counted} turns for {len(stored)} answers ({time.perf_counter() - began:.1f} s)"
        )
