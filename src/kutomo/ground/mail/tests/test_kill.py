"""The worker is killed with SIGKILL, again and again, while letters leave: none goes twice, none is forgotten."""

import email
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

import kutomo

from .post_office import Box, office

LETTERS, KILLS = 80, 4
SCRIPT = """
import datetime as dt, os, sys, threading, time
os.environ["DJANGO_SETTINGS_MODULE"] = "kutomo.config.settings"
import django; django.setup()
from kutomo.ground.jobs import worker
from kutomo.ground.mail import outbox
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter
from kutomo.ground.mail.writing import Written
if sys.argv[1] == "fill":
    from django.core.management import call_command
    for app in ("django_tasks_database", "jobs", "mail"):
        call_command("migrate", app, verbosity=0)
    for number in range(int(sys.argv[2])):
        outbox.put(Written("Aihe", "Kirje"), template="t", to=Addressee(f"p{number}@example.org"), key=f"deed:{number}")
else:
    from django.conf import settings
    settings.CLOCK = "kutomo.ground.jobs.tests.sample.NO_LINES"
    worker.BEAT, worker.SILENT, outbox.LOST = 0.3, dt.timedelta(seconds=1), dt.timedelta(seconds=0.5)
    mine = worker.start()
    until = time.monotonic() + 60
    while Letter.objects.exclude(state__in=["sent", "unsure"]).exists() and time.monotonic() < until:
        time.sleep(0.1)
    mine.stop()
"""


class Slow(Box):
    """Takes its time over each letter, so that a kill finds one on its way."""

    async def handle_DATA(self, server, session, envelope):
        import asyncio

        await asyncio.sleep(0.02)
        return await super().handle_DATA(server, session, envelope)


@pytest.mark.slow
def test_none_twice_none_forgotten(tmp_path):
    chance = random.Random(7)
    with office(box := Slow()) as port:
        environment = {
            **os.environ,
            "KUTOMO_DATA": str(tmp_path),
            "PYTHONPATH": str(Path(kutomo.__file__).parent.parent),
            "KUTOMO_MAIL_URL": f"smtp://127.0.0.1:{port}",
            "KUTOMO_MAIL_FROM": "Kutomo <kirjeet@kutomo.example>",
        }
        for name in ("KUTOMO_DATABASE", "KUTOMO_DEMO"):
            environment.pop(name, None)
        start = [sys.executable, "-c", SCRIPT]
        subprocess.run([*start, "fill", str(LETTERS)], env=environment, check=True, timeout=60)
        for _ in range(KILLS):
            worker = subprocess.Popen([*start, "work"], env=environment)
            before = len(box.letters)
            until = time.monotonic() + 20
            while len(box.letters) < before + 3 and time.monotonic() < until and worker.poll() is None:
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.1))
            worker.send_signal(signal.SIGKILL)
            worker.wait()
        subprocess.run([*start, "work"], env=environment, check=True, timeout=90)
    arrived = Counter(email.message_from_bytes(one)["Message-ID"] for one in box.letters)
    with closing(sqlite3.connect(tmp_path / "kutomo.sqlite3")) as base:
        states = dict(base.execute("SELECT state, count(*) FROM mail_letter GROUP BY 1"))
    assert max(arrived.values()) == 1
    assert set(states) <= {"sent", "unsure"}, states
    assert sum(states.values()) == LETTERS
    assert states.get("unsure", 0) <= KILLS
    assert states["sent"] <= len(arrived) <= LETTERS  # an uncertain one may have arrived
