"""Matching of mutual help: 1,000 needs against 5,000 offers, all pairs that are worth showing and the rings of one."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta
from typing import Any

NEEDS, OFFERS, OWNERS, AREAS, WORDS, TOWNS = 1_000, 5_000, 600, 14, 400, 60


def run() -> dict[str, Any]:
    """CPU seconds of one process, pairs and rings found."""
    from kutomo.work.exchange.rules import fit

    dice, today = random.Random(1), date(2026, 11, 24)
    words = [f"sana{number:03}" for number in range(WORDS)]

    def want(pk: int) -> fit.Want:
        return fit.Want(
            pk=pk, owner=f"s{dice.randrange(OWNERS)}", area=f"a{dice.randrange(AREAS)}",
            words=frozenset(dice.sample(words, 8)), where=dice.choice(("remote", "onsite", "either")),
            town=f"{dice.randrange(TOWNS):03}", begins=today, ends=today + timedelta(days=dice.randrange(1, 90)),
            language=dice.choice(("fi", "sv")), made_on=today - timedelta(days=dice.randrange(60)),
            gives_back=dice.random() < 0.3,
        )  # fmt: skip

    needs, offers = ([want(pk) for pk in range(first, first + many)] for first, many in ((0, NEEDS), (NEEDS, OFFERS)))
    began = time.process_time()
    found = fit.pairs(needs, offers, today)
    gives: dict[str, list[str]] = {}
    for pair in found:
        whom = gives.setdefault(pair.offer.owner, [])
        if pair.need.owner not in whom:
            whom.append(pair.need.owner)
    rings = fit.rings(gives, "s1")
    return {"seconds": round(time.process_time() - began, 2), "pairs": len(found), "rings": len(rings)}
