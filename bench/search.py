"""The search on 100,000 things, and the fabric of a large network: ``python -m bench search`` (three minutes).

Things are conversations of 40 words drawn from 4,000 Finnish words by a heavy-tailed chance, filed by the product's own
filing; the database is SQLite in a file. A question's time is from the words to the drawn answers of a page.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

THINGS, WORDS, QUESTIONS = 100_000, 4_000, 60
HEADS = ["järjestö", "yhdistys", "vapaaehtois", "vertais", "hyvinvointi", "perhe", "nuoriso", "vanhus", "digi", "ruoka"]
TAILS = ["toiminta", "apu", "tuki", "työ", "ilta", "palvelu", "verkosto", "koulutus", "kahvila", "neuvonta"]
ENDINGS = ["", "n", "ssa", "sta", "a", "lle"]


def run(*, quick: bool = False) -> dict[str, Any]:
    """The figures, measured in a process of their own; ``quick``: a tenth of the things."""
    with tempfile.TemporaryDirectory(prefix="kutomo-bench-") as place:
        env = {**os.environ, "KUTOMO_DATA": place, "DJANGO_SETTINGS_MODULE": "kutomo.config.settings"}
        env.pop("KUTOMO_DATABASE", None)
        words = [sys.executable, "-m", "bench.search", str(THINGS // 10 if quick else THINGS)]
        done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _measure(things: int) -> dict[str, Any]:
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kutomo.across.search import actions, queries
    from kutomo.core.networks import actions as networks
    from kutomo.core.people.models import Person
    from kutomo.core.talk.models import Post, Thread
    from kutomo.ground.clock import now

    chance = random.Random(5)
    leader = Person.objects.create(name="Mitta Vetäjä", language="fi")
    network = networks.start(by=leader, name="Mitta", challenge="–", organisation=None)
    stock = _words(chance)
    weights = [1 / (place + 10) for place in range(len(stock))]
    at = now()
    for start in range(0, things, 5_000):
        rows = [
            Thread(network=network, title=" ".join(chance.choices(stock, weights, k=4)), started_at=at, moved_at=at)
            for _ in range(start, min(things, start + 5_000))
        ]
        Thread.objects.bulk_create(rows)
        Post.objects.bulk_create(
            Post(
                thread=row,
                author=leader,
                body=" ".join(chance.choices(stock, weights, k=36)),
                language="fi",
                written_at=at,
                key=f"{start}-{place}",
            )
            for place, row in enumerate(rows)
        )
    began = time.perf_counter()
    actions.file_all()
    filed = time.perf_counter() - began
    asked = [" ".join(chance.choices(stock, weights, k=chance.choice((1, 2)))) for _ in range(QUESTIONS)]
    queries.found(leader, asked[0])
    times, cpus = [], []
    for question in asked:
        began, cpu = time.perf_counter(), time.process_time()
        found = queries.found(leader, question)
        found.shown(found.answers[:20])
        times.append((time.perf_counter() - began) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    return {
        "things": things,
        "filed_s": round(filed, 1),
        "median_cpu_ms": round(statistics.median(cpus), 1),
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "fabric": _fabric(),
    }


def _words(chance: random.Random) -> list[str]:
    """Inflected Finnish compounds, as many as ``WORDS``."""
    every = [head + tail + ending for head in HEADS for tail in TAILS for ending in ENDINGS]
    extra = [f"{chance.choice(HEADS)}{chance.choice(HEADS)}{tail}{end}" for tail in TAILS for end in ENDINGS]
    pool = list(dict.fromkeys(every + extra))
    while len(pool) < WORDS:
        pool.append(chance.choice(HEADS) + chance.choice(HEADS) + chance.choice(TAILS) + chance.choice(ENDINGS))
    chance.shuffle(pool)
    return pool[:WORDS]


def _fabric() -> dict[str, float]:
    from kutomo.across.fabric import rules

    chance = random.Random(3)
    rows = [
        rules.Row(
            {seat: chance.choice((1, 2, 4, 8, 12)) for seat in range(200) if chance.random() < 0.35}, label=str(w)
        )
        for w in range(156)
    ]
    began = time.process_time()
    drawn = rules.svg([f"Yhdistys {number} ry" for number in range(200)], rows, title="T", desc="D", column=18)
    took = (time.process_time() - began) * 1000
    return {"ms": round(took, 1), "kib": round(len(gzip.compress(drawn.encode(), 6)) / 1024, 1)}


if __name__ == "__main__":
    print(json.dumps(_measure(int(sys.argv[1]))))
