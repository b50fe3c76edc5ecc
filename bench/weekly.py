"""The weekly letters of 10,000 people: built, queued and handed to a mail server by two workers; one is killed.

Networks of 100 people each; in each somebody else has begun a conversation, and each person has a promise to
answer. The database is SQLite in a file, the workers are processes of the product's own worker, the server is a real
SMTP server in the bench's process. In the middle one worker is killed with SIGKILL and a new one takes its place.
"""

from __future__ import annotations

import email
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

PEOPLE, A_NETWORK, WORKERS = 10_000, 100, 2
MONDAY = "2026-11-23 08:00"
LATER = "2026-11-23 08:10"  # a worker that silent is dead, and a letter that long on its way is uncertain
ROOT = Path(__file__).resolve().parents[1]


def run(*, quick: bool = False, people: int = 0) -> dict[str, Any]:
    """The figures; ``quick``: a tenth of the people."""
    people = people or (PEOPLE // 10 if quick else PEOPLE)
    sys.path.insert(0, str(ROOT / "src"))
    from kutomo.ground.mail.tests.post_office import Box, office

    base = os.environ.get("KUTOMO_BENCH_FOLDER") or str(ROOT / "var")
    Path(base).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=base) as place, office(box := Box()) as port:
        env = {name: value for name, value in os.environ.items() if not name.startswith("KUTOMO_")}
        env |= {"KUTOMO_DATA": place, "DJANGO_SETTINGS_MODULE": "kutomo.config.settings"}
        env |= {"KUTOMO_MAIL_URL": f"smtp://127.0.0.1:{port}", "KUTOMO_MAIL_FROM": "Kutomo <kirjeet@kutomo.example>"}
        env |= {"PYTHONPATH": f"{ROOT}/src:{ROOT}"}
        part = [sys.executable, "-m", "bench.weekly"]
        subprocess.run([*part, "seed", str(people)], env=env, check=True)
        began, spent = time.perf_counter(), _cpu()
        workers = [subprocess.Popen([*part, "work", MONDAY], env=env) for _ in range(WORKERS)]
        _wait(lambda: len(box.letters) >= people // 2, workers)
        workers[0].kill()
        workers[0].wait()
        workers[0] = subprocess.Popen([*part, "work", LATER], env=env)
        for worker in workers:
            worker.wait()
        seconds, spent = time.perf_counter() - began, _cpu() - spent
        subprocess.run([*part, "work", LATER], env=env, check=True)  # what the killed one had in hand
        states = json.loads(subprocess.check_output([*part, "states"], env=env))
    arrived = Counter(str(email.message_from_bytes(one)["Message-ID"]) for one in box.letters)
    return {
        "people": people,
        "arrived": len(arrived),
        "twice": sum(count - 1 for count in arrived.values()),
        "states": states,
        "seconds": round(seconds, 1),
        "a_second": round(len(arrived) / seconds, 1),
        "cpu_ms_each": round(1000 * spent / len(arrived), 1),
    }


def _cpu() -> float:
    """Seconds of CPU that the ended processes of this one have used: the load of others does not count."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _wait(done: Any, workers: list[subprocess.Popen[bytes]]) -> None:
    while not done():
        if any(worker.poll() for worker in workers):
            raise SystemExit("a worker has failed")
        threading.Event().wait(0.05)


def _setup() -> None:
    import django

    django.setup()


def seed(people: int) -> None:
    """The installation with its people, networks and what there is to tell; the morning's job is queued."""
    _setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    from kutomo.across.notices import tasks
    from kutomo.core.networks import actions as networks
    from kutomo.core.networks.models import Representation, Seat
    from kutomo.core.people.models import Person
    from kutomo.core.promises.models import Promise
    from kutomo.core.talk import actions as talk
    from kutomo.ground import clock

    with clock.frozen("2026-11-20 12:00"):
        for first in range(0, people, A_NETWORK):
            members = Person.objects.bulk_create(
                Person(name=f"Jäsen {number}", email=f"j{number}@example.org", language="fi")
                for number in range(first, min(people, first + A_NETWORK))
            )
            leader = Person.objects.create(name="Vetäjä", language="fi")
            net = networks.start(by=leader, name=f"Verkosto {first}", challenge="–", organisation=None)
            seats = Seat.objects.bulk_create(Seat(network=net, joined_on=clock.today()) for _ in members)
            Representation.objects.bulk_create(
                Representation(seat=seat, person=person, since=clock.today())
                for seat, person in zip(seats, members, strict=True)
            )
            talk.start(by=leader, network=net, title="Kahvit", body="Milloin?", language="fi", key=str(first))
            Promise.objects.bulk_create(
                Promise(network=net, what="Tuon pullat", doer=person, proposer=leader, made_at=clock.now())
                for person in members
            )
    with clock.frozen(MONDAY):
        tasks.weekly()


def work(at: str) -> None:
    """One worker, until nothing is ready."""
    _setup()
    from kutomo.ground import clock
    from kutomo.ground.jobs import worker

    name = f"bench-{os.getpid()}"
    with clock.frozen(at):
        if at == LATER:
            worker.recover()
        while worker.run_one(name):
            pass


def states() -> None:
    _setup()
    from django.db.models import Count

    from kutomo.ground.mail.models import Letter

    print(json.dumps(dict(Letter.objects.values_list("state").annotate(n=Count("pk")).order_by())))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["seed", count]:
            seed(int(count))
        case ["work", moment]:
            work(moment)
        case ["states"]:
            states()
