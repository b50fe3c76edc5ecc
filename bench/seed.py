"""Builds the data of a benchmark in an installation of its own. Run as a process: prints one line of JSON.

``python -m bench.seed meeting [--step canvas|skills]`` a live meeting that stands on a question
``python -m bench.seed network`` a network with 50 members and a thread, and a signed-in session
``python -m bench.seed queries SESSION PATH ...`` how many queries each page makes for that session
"""

from __future__ import annotations

import json
import os
import sys


def meeting(step: str) -> dict:
    """A first meeting in a network that is being founded, open and waiting for answers."""
    from kutomo.ground.clock import now
    from kutomo.work.founding import actions as founding
    from kutomo.work.meetings import actions

    leader, network = _network()
    canvas = founding.begin(by=leader, network=network)
    founding.freeze_challenge(by=leader, canvas=canvas, text="Yksin asuva voi jäädä viikoiksi ilman kysyjää.")
    founding.open(by=leader, canvas=canvas, letters=False)
    held = actions.convene(by=leader, network=network, title="Ensitapaaminen", starts_at=now(), template="full")
    held = actions.open(by=leader, meeting=held)
    steps = {row.kind if row.kind != "canvas" else f"canvas{row.question}": row for row in held.steps.all()}
    first = steps["canvas1" if step == "canvas" else step]
    actions.go(by=leader, meeting=held, step=first)
    return {
        "network": network.slug,
        "meeting": held.pk,
        "code": held.code,
        "step": first.pk,
        "slot": "answer" if step == "canvas" else "have",
        "session": _session(leader),
        "steps": {name: row.pk for name, row in steps.items()},
    }


def network() -> dict:
    """Fifty seats, a list of 25 threads, one of them with ten posts."""
    from kutomo.core.networks import actions as networks
    from kutomo.core.organisations import actions as organisations
    from kutomo.core.people.models import Person
    from kutomo.core.talk import actions as talk

    leader, net = _network()
    for number in range(50):
        person = Person.objects.create(name=f"Jäsen Numero{number:02}", email=f"jasen{number}@example.org")
        house = organisations.meet(by=leader, name=f"Järjestö {number:02} ry")
        networks.seat(by=leader, network=net, person=person, organisation=house)
    words = " ".join(["Kysymme, kuka puuttuu, ja kutsumme hänet seuraavalla kerralla mukaan."] * 6)
    first = None
    for number in range(25):
        thread = talk.start(
            by=leader, network=net, title=f"Keskustelu {number:02}", body=words, language="fi", key=f"bench-{number}"
        )
        first = first or thread
    for number in range(9):
        talk.write(by=leader, thread=first, body=words, language="fi", key=f"bench-post-{number}")
    return {"network": net.slug, "thread": first.pk, "session": _session(leader)}


def survey(partners: int, rounds: int) -> dict:
    """A network of ``partners`` and one who answers, an open wave; server time and bytes of its screens.

    ``rounds`` > 0: the times of so many requests, in this process, middleware and all, compressed as they are sent.
    """
    import random
    import statistics
    import time
    from datetime import timedelta

    from django.conf import settings
    from django.test import Client
    from django.urls import reverse

    from kutomo.core.networks.models import Representation, Seat
    from kutomo.core.organisations.models import Organisation
    from kutomo.core.people.models import Person
    from kutomo.ground.clock import now, today
    from kutomo.work.relations.actions import waves
    from kutomo.work.relations.queries import survey as links

    leader, net = _network()
    dice = random.Random(4)
    where = ("Keski-Suomen", "Jyväskylän", "Saarijärven seudun", "Äänekosken", "Laukaan", "Jämsän", "Viitasaaren")
    what = ("Muistiyhdistys", "Omaishoitajat", "Mielenterveyden tuki", "Sydänpiiri", "Kansalaisopisto", "Näkövammaiset")
    kinds = [kind for kind, _label in Organisation.Kind.choices]
    for number in range(partners):
        name = f"{where[dice.randrange(7)]} {what[dice.randrange(6)]} {number + 1} ry"
        body = Organisation.objects.create(name=name, name_key=name.lower(), kind=kinds[number % 4], created_at=now())
        person = Person.objects.create(name=f"Jäsen Numero{number:03}", email=f"jasen{number}@example.org")
        seat = Seat.objects.create(network=net, organisation=body, joined_on=today())
        Representation.objects.create(seat=seat, person=person, since=today())
    wave = waves.plan(
        by=leader, network=net, purpose="Näemme, keiden kannattaisi tavata.", opens_on=today(),
        closes_on=today() + timedelta(days=14),
    )  # fmt: skip
    wave = waves.open(by=leader, wave=wave)
    start = reverse("relations:survey", args=[links.link_for(leader, wave)])
    found = {"link": start, "network": net.slug, "session": _session(leader)}
    if rounds:
        settings.ALLOWED_HOSTS.append("testserver")
        client = Client(headers={"accept-encoding": "gzip", "accept-language": "fi"})
        client.post(start, {"on_map": "yes"})

        def measure(deed: object) -> dict[str, float]:
            clocks = {"ms": time.perf_counter, "cpu_ms": time.process_time}
            times: dict[str, list[float]] = {name: [] for name in clocks}
            for _round in range(rounds):
                began = {name: clock() for name, clock in clocks.items()}
                answer = deed()  # type: ignore[operator]
                for name, clock in clocks.items():
                    times[name].append(clock() - began[name])
                if answer.status_code not in (200, 204):
                    raise SystemExit(f"the survey answers {answer.status_code}")
            return {name: round(statistics.median(taken[2:]) * 1000, 1) for name, taken in times.items()}

        def screen() -> object:
            return client.get(f"{start}K/")

        about = list(wave.seats.exclude(seat__organisation=None).values_list("pk", flat=True))
        found["empty"], empty = measure(screen), screen()
        found["tap"] = measure(lambda: client.post(f"{start}K/keep/", {f"s{dice.choice(about)}": "2"}))
        client.post(f"{start}K/keep/", {f"s{pk}": str(dice.randrange(4)) for pk in about})
        found["full"], full = measure(screen), screen()
        found["line_kib"] = [round(len(page.content) / 1024, 1) for page in (empty, full)]
    return found


def queries(session: str, paths: list[str]) -> dict:
    """Queries of each page, the session's own included; each is asked twice and the second counts."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS.append("testserver")
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    found = {}
    for path in paths:
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            if client.get(path).status_code != 200:
                raise SystemExit(f"{path} does not open")
        found[path] = len(caught)
    return found


def _network() -> tuple:
    from kutomo.core.networks import actions as networks
    from kutomo.core.people.models import Person

    leader = Person.objects.create(name="Marjut Mittaaja", email="marjut@example.org")
    return leader, networks.start(by=leader, name="Mittausverkosto", challenge="Kuka kysyy?")


def _session(person: object) -> str:
    """A session as signing in makes it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)  # type: ignore[attr-defined]
    store[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()  # type: ignore[attr-defined]
    store.create()
    return store.session_key


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kutomo.config.settings")
    import django

    django.setup()
    what = sys.argv[1]
    if what == "queries":
        made = queries(sys.argv[2], sys.argv[3:])
    elif what == "survey":
        made = survey(int(sys.argv[2]), int(sys.argv[3]))
    else:
        made = network() if what == "network" else meeting(sys.argv[2] if len(sys.argv) > 2 else "canvas")
    print(json.dumps(made))


if __name__ == "__main__":
    main()
