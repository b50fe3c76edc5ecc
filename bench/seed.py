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
    else:
        made = network() if what == "network" else meeting(sys.argv[2] if len(sys.argv) > 2 else "canvas")
    print(json.dumps(made))


if __name__ == "__main__":
    main()
