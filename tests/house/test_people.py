"""What the house keeps about people: every room says it, gives it out, and lets go of it."""

from __future__ import annotations

import json
from datetime import timedelta
from types import SimpleNamespace

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.db import connection

from kutomo.across.notices import actions as notices, queries as notices_queries
from kutomo.core.access import Role
from kutomo.core.access.respondents import Respondent
from kutomo.core.consent import actions as consent
from kutomo.core.letters import actions as letters
from kutomo.core.networks import actions as networks
from kutomo.core.organisations import actions as organisations
from kutomo.core.people import actions as people, queries
from kutomo.core.people.models import Person
from kutomo.core.people.rules import BELONGINGS
from kutomo.core.talk import actions as talk
from kutomo.core.things.actions import lay_trail
from kutomo.core.things.models import Trail
from kutomo.ground.clock import now, today
from kutomo.ground.seal import claims
from kutomo.work.candidates import actions as candidates
from kutomo.work.commitments import actions as commitments
from kutomo.work.decisions import actions as decisions
from kutomo.work.exchange import actions as exchange
from kutomo.work.exchange.rules.course import Deed
from kutomo.work.founding import actions as founding
from kutomo.work.ideas import actions as ideas
from kutomo.work.introductions.actions.wishes import wish
from kutomo.work.meetings import actions as meetings
from kutomo.work.profiles import actions as profiles
from kutomo.work.profiles.rules import form
from kutomo.work.relations.actions import answering, waves
from kutomo.work.relations.actions.knowledge import tick_knowledge
from kutomo.work.relations.rules.asking import Question
from kutomo.work.results import actions as results
from tests import cast, make

# Rooms with a key to Person that keep nothing of the kind; with the reason.
WITHOUT: dict[str, str] = {}
# Of the browser, or only of those who lead.
NOT_HERS = ("people.entrances", "people.sessions", "netmap.links")
NAME, ADDRESS = "Åsa Öhman-Brännskär", "asa.ohman@example.org"
CODE = "ASAN-KOODI-01"
VIEW = dict.fromkeys(form.READINGS, 2)


def test_every_room_that_knows_people_says_what_it_keeps():
    told = {name.partition(".")[0] for name in BELONGINGS}
    silent = set()
    for model in apps.get_models(include_auto_created=True):
        ours = model.__module__.startswith("kutomo.")
        if ours and any(field.related_model is Person and field.concrete for field in model._meta.get_fields()):
            silent.add(model._meta.app_label)
    assert {"consent", "founding", "meetings", "things", "activity"} <= silent  # the search finds them
    assert not silent - told - set(WITHOUT), f"no Belonging: {sorted(silent - told)}"
    assert not set(WITHOUT) & told


@pytest.fixture
def world(db):
    """Åsa did something in every room, and others wrote her name where the house copies names."""
    known = cast.gather()
    asa = make.member(known.network, NAME, make.organisation("Saaristo rf"), email=ADDRESS)
    EmailAddress.objects.create(user=asa, email=ADDRESS, primary=True, verified=True)
    make.give(known.network, asa, Role.RECORDER)
    return SimpleNamespace(asa=asa, **vars(known))


def _live(world):
    """Everything that Åsa does or that is done to her; through the rooms' own actions."""
    asa, aino, bjorn, network = world.asa, world.aino, world.bjorn, world.network
    _core(world)
    row = candidates.add(by=aino, network=network, name="Kutsuttava", email="k@example.org")
    candidates.propose_inviter(by=aino, network=network, candidates=[row], person=asa)
    candidates.agree(by=asa, candidate=row)
    candidates.invite(by=asa, candidates=[row], words={"fi": f"Tule mukaan!\n\n{NAME}"})
    facts = {"by": world.cecilia, "network": world.elsewhere}
    herself = candidates.add(name=NAME, email=ADDRESS, organisation_name="Saaristo rf", **facts)
    candidates.propose_inviter(candidates=[herself], person=world.cecilia, **facts)
    candidates.invite(by=world.cecilia, candidates=[herself], words={})
    candidates.read(by=aino, network=network, text=f"Saaristo rf;{NAME};{ADDRESS}\nMuu ry;Joku Muu;muu@example.org")
    _founding(world)
    commitments.note_acquaintance_round(by=aino, network=network, held_on=today())
    commitments.write(by=asa, network=network, brings="Vene", hours="0-1")
    asked = {"confirmer_name": NAME, "confirmer_email": ADDRESS}
    commitments.write(by=bjorn, network=network, behalf="organisation", brings="Kahvit", hours="0-1", **asked)
    own = commitments.add_card(by=asa, network=network, text="Soitamme ennen kuin suutumme.")
    commitments.choose(by=asa, network=network, card=own.key)
    _relations(world)
    _meeting(world)
    _decision(world)
    _help(world)
    notices.put_aside(by=asa, key=notices_queries.inbox(asa).parts[0].waiting[0].key)
    _ideas(world)
    _goals(world)


def _decision(world):
    asa, network = world.asa, world.network
    facts = {"by": asa, "network": network, "proposal": "Vene lainaan", "reasons": "Se seisoo"}
    for method, more in (("gradients", {}), ("choice", {"options": ["kyllä", "ei"], "is_anonymous": True})):
        asked = decisions.propose(title=f"Vene: {method}", method=method, **facts, **more)
        decisions.open(by=asa, decision=asked)
        said = {"degree": 4} if method == "gradients" else {"option": "1"}
        decisions.take(by=asa, decision=asked, speaks=True, reason="Oma vene", **said)
    decisions.declare(by=asa, decision=asked, words="Oma vene")


def _help(world):
    """Åsa asks as herself and is helped; another help of hers is still on its way."""
    asa, bjorn, network = world.asa, world.bjorn, world.network
    for number in (1, 2):
        facts = {"title": f"Vene talveksi {number}", "text": "Ranta jäätyy.", "area": "transport"}
        need = exchange.post(by=asa, network=network, side="need", **facts)
        task = exchange.propose(by=bjorn, listing=need, words="Traktori tulee.")
        exchange.step(by=asa, task=task, deed=Deed.SAY, words="Milloin?")
        if number == 1:
            for by, deed in ((asa, "accept"), (bjorn, "deliver"), (asa, "confirm")):
                task = exchange.step(by=by, task=task, deed=Deed(deed), version=1)
            exchange.tell_how(
                by=asa, task=task, result=3, timing=3, process=3, words="Vene on kuivilla.", may_show=True
            )


def _ideas(world):
    """Åsa shares an idea and adds to Björn's."""
    network = world.network
    for by in (world.asa, world.bjorn):
        facts = {"title": "Vene kiertämään", "text": "Saaresta saareen.", "code": claims.new_code()}
        idea = ideas.plant(by=by, network=network, **facts)
    ideas.reply(by=world.asa, idea=idea, kind="add", text="Pelastusliivit mukaan.")


def _goals(world):
    """Åsa owns a goal with Björn, tells what shows it, and confirms what he tells."""
    words = {"title": "Vene kaikille", "enough": "Jokainen pääsee saareen.", "benefit": "saaristo", "rule": "laituri"}
    facts = {"type": "other", "rung": "4", "due_on": today() + timedelta(days=90), "network": world.network}
    goal = results.write(by=world.bjorn, partner=world.asa, **words, **facts)
    goal = results.answer_owning(by=world.asa, goal=goal, accept=True)
    own = results.tell_evidence(by=world.asa, goal=goal, text="Vene kulkee.", claimed=0)
    his = results.tell_evidence(by=world.bjorn, goal=goal, text="Laituri on kunnossa.", claimed=0)
    results.confirm(by=world.asa, evidence=his)
    results.confirm(by=world.bjorn, evidence=own)


def _core(world):
    asa, bjorn, network = world.asa, world.bjorn, world.network
    thread = talk.start(by=asa, network=network, title="Vene", body="Kuka tulee?", language="fi", key="k1")
    talk.write(by=bjorn, thread=thread, body=f"Jag, @{NAME.upper()} !", language="sv", key="k2")
    lay_trail(
        by=asa,
        network=network,
        start=("talk.thread", thread.pk),
        relation=Trail.Relation.CAME_FROM,
        end=("networks.seat", 1),
    )
    letters.wish(by=asa, weekday=2, no_nudges=True, stopped=[])
    chair = asa.representations.get().seat
    networks.set_contact(by=asa, chair=chair, contact=f"{NAME}, 040 1112223")
    organisations.add_contact(
        by=asa, organisation=chair.organisation, about="Vene", name=NAME, email=ADDRESS, phone="040 1112223"
    )
    first, second = (
        consent.open(by=world.aino, network=network, thing=("x.y", n), title="Teksti", text="Teksti", who=who)
        for n, who in ((1, "seats"), (2, "members"))
    )
    consent.take(by=asa, round=first, stance="object", harm="Liian kiire", speaks=True)
    consent.take(by=asa, round=second, stance="object", harm="Vieläkin kiire")
    consent.withdraw(by=asa, round=second, voice=second.voices.get(), words="Ehtii kyllä")


def _founding(world):
    asa, aino, network = world.asa, world.aino, world.network
    canvas = founding.begin(by=aino, network=network)
    founding.name_sparring(by=aino, canvas=canvas, person=asa)
    founding.freeze_challenge(by=aino, canvas=canvas, text="Kukaan ei kysy.")
    canvas = founding.open(by=aino, canvas=canvas)
    me = Respondent.of(asa)
    founding.answer(by=me, canvas=canvas, question=1, text="Kysymme ensin.", code=f"{CODE}.1.1", sign="named")
    founding.reveal(by=aino, canvas=canvas, question=1)
    founding.write_sentence(by=aino, canvas=canvas, question=1, text="Kysymme.")
    profiles.give_view(by=asa, network=network, now=VIEW, wanted=VIEW, is_shared=True)


def _meeting(world):
    asa, aino, network = world.asa, world.aino, world.network
    held = meetings.convene(by=aino, network=network, title="Kokous", starts_at=now(), template="short")
    held = meetings.open(by=aino, meeting=held)
    chair = meetings.join(meeting=held, name="", person=asa)
    guest = meetings.join(meeting=held, name="Vieras")
    meetings.propose(by=chair, doer=chair, what="Vie veneen", by_on=None, code="0123456789abcdef")
    meetings.propose(by=chair, doer=guest, what="Tuo pullat", by_on=None, code="1123456789abcdef")
    elsa = meetings.join_on_paper(by=asa, meeting=held, name="Elsa")
    meetings.propose(by=elsa, doer=elsa, what="Laulaa", by_on=None, code="2123456789abcdef", recorder=asa)
    meetings.close(by=aino, meeting=held)
    held.refresh_from_db()
    assert NAME in held.notes  # the house wrote it there


def _relations(world):
    """A survey that has closed with its report, a tick after a round of pairs, a wish to be introduced."""
    asa, aino, network = world.asa, world.aino, world.network
    days = {"opens_on": today(), "closes_on": today() + timedelta(days=14)}
    wave = waves.open(by=aino, wave=waves.plan(by=aino, network=network, purpose="Ketkä tuntevat?", **days))
    part = answering.begin(by=asa, wave=wave, on_map=True)
    part.wave = wave
    about = wave.seats.exclude(pk=part.seat_id).first()
    answering.put(by=asa, part=part, question=Question.KNOWS, values={about.pk: 2})
    answering.begin(by=world.bjorn, wave=wave, on_map=True)
    tick_knowledge(by=asa, network=network, seat=about.seat)
    wish(by=asa, network=network, seat=about.seat_id, words=f"Kysykää: {NAME}")


def _found(*words: str) -> list[str]:
    """Every table and column of the database that holds one of ``words``, in any case, plain or as JSON escapes it."""
    low = [form for word in words for form in (word.lower(), json.dumps(word)[1:-1].lower())]
    places = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    text = (bytes(value).decode(errors="replace") if _is_bytes(value) else str(value)).lower()
                    if any(word in text for word in low):
                        places.append(f"{table}.{column}: {text[:200]}")
    return places


def _is_bytes(value) -> bool:
    return isinstance(value, bytes | memoryview)


def test_who_leaves_is_named_in_no_table(world):
    _live(world)
    assert len({place.partition(":")[0] for place in _found(NAME, ADDRESS)}) > 15  # the search sees what is there
    people.erase(by=world.asa)
    assert _found(NAME, ADDRESS) == []


def test_others_keep_their_own(world):
    _live(world)
    people.erase(by=world.asa)
    world.bjorn.refresh_from_db()
    assert world.bjorn.name == "Björn Berg"
    assert _found("Björn Berg")
    assert _found("Muu@example.org")


def test_the_own_export_has_something_from_every_room(world):
    _live(world)
    data = queries.own_data(world.asa)
    assert not [name for name, rows in data.items() if not rows and name not in NOT_HERS]
    words = queries.as_zip(data)
    assert words
    plain = json.dumps(data, ensure_ascii=False, default=str)
    for said in ("Vene", "Kysymme ensin.", "Liian kiire", "Vie veneen", "Soitamme ennen kuin suutumme.", "Ehtii kyllä"):
        assert said in plain, said
