"""The weekly letter: what it tells, to whom, when, in which language, and never twice."""

import datetime as dt

import pytest
from tests import make
from tests.cast import gather

from kutomo.across.notices import actions, queries, tasks
from kutomo.core.letters import actions as letters
from kutomo.core.networks import actions as networks
from kutomo.core.promises import actions as promises
from kutomo.core.talk import actions as talk
from kutomo.ground import clock
from kutomo.ground.jobs.worker import run_ready
from kutomo.ground.mail.address import Addressee
from kutomo.ground.mail.models import Letter
from kutomo.work.decisions import actions as decisions
from kutomo.work.meetings import actions as meetings

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
SUNDAY, MONDAY, THURSDAY = "2026-11-22 12:00", "2026-11-23 08:00", "2026-11-26 08:00"
NEXT_MONDAY = "2026-11-30 08:00"


@pytest.fixture
def cast():
    with clock.frozen("2026-11-02 12:00"):
        return gather()


def ask(cast, what="Kahvit kokoukseen"):
    return promises.propose(
        by=cast.aino, network=cast.network, doer=cast.bjorn, what=what, by_on=clock.today() + 30 * DAY
    )


def write(at):
    """The clock rings at ``at``; returns the weekly letters there are, by address."""
    with clock.frozen(at):
        tasks.weekly()
        run_ready()
    return weekly()


def weekly():
    return {row.email: row for row in Letter.objects.filter(template=actions.WEEKLY).order_by("created_at")}


@pytest.fixture
def asked(cast):
    with clock.frozen(SUNDAY):
        ask(cast)
    return cast


def test_what_waits_comes_by_letter_in_the_readers_language(asked):
    letter = write(MONDAY)["bjorn@example.org"]
    assert letter.language == "sv"
    assert letter.subject == "Vecka 48: 1 sak väntar på dig"
    assert "Kahvit kokoukseen" in letter.body
    assert "/promises/" in letter.body
    assert "/inbox/" in letter.body
    assert "Odottaa" not in letter.body


def test_nobody_is_written_to_without_something_to_tell(asked):
    assert set(write(MONDAY)) == {"bjorn@example.org"}  # Aino's own deed, and nothing else, has been done


def test_ones_own_deeds_are_never_told(cast):
    with clock.frozen(SUNDAY):
        talk.start(by=cast.aino, network=cast.network, title="Vene", body="Kuka?", language="fi", key="1")
    found = write(MONDAY)
    assert "Vene" in found["bjorn@example.org"].body
    assert "aino@example.org" not in found


def test_a_decision_comes_with_its_reason_and_its_deciders_know_it(cast):
    facts = {"by": cast.aino, "network": cast.network, "method": "choice", "options": ["kyllä", "ei"]}
    with clock.frozen("2026-11-10 12:00"):
        row = decisions.propose(title="Yksi numero", proposal="Avataan", reasons="Etsitään", **facts)
    row.state, row.published_by = "published", cast.aino
    row.outcome, row.why = "Numero avataan.", "Ihmiset etsivät."
    with clock.frozen("2026-11-20 12:00"):
        row.published_at, row.review_on = clock.now(), clock.today() + 90 * DAY
    row.save()
    found = write(MONDAY)
    body = found["bjorn@example.org"].body
    assert "Numero avataan" in body
    assert "Varför: Ihmiset etsivät" in body
    assert "aino@example.org" not in found


def test_newcomers_and_meetings_of_the_week_are_told(cast):
    with clock.frozen(SUNDAY):
        make.member(cast.network, "Dag", make.organisation("Saariston yhdistys ry"))
        meetings.convene(
            by=cast.aino,
            network=cast.network,
            title="Marraskuun tapaaminen",
            starts_at=clock.now() + 3 * DAY,
        )
    body = write(MONDAY)["bjorn@example.org"].body
    assert "Saariston yhdistys ry" in body
    assert "Marraskuun tapaaminen" in body


def test_what_is_put_aside_is_not_in_the_letter(asked):
    with clock.frozen(SUNDAY):
        key = queries.inbox(asked.bjorn).parts[0].waiting[0].key
        actions.put_aside(by=asked.bjorn, key=key, for_good=True)
    assert write(MONDAY) == {}


def test_only_what_the_reader_may_see_is_told(asked):
    with clock.frozen(SUNDAY):
        talk.start(by=asked.cecilia, network=asked.elsewhere, title="Salaisuus", body="x", language="fi", key="1")
        make.member(asked.elsewhere, "Elsa", email="elsa@example.org")
    found = write(MONDAY)
    assert "Salaisuus" in found["elsa@example.org"].body
    assert "Salaisuus" not in found["bjorn@example.org"].body


def test_one_letter_over_all_networks(asked):
    with clock.frozen(SUNDAY):
        networks.seat(
            by=asked.cecilia, network=asked.elsewhere, person=asked.bjorn, kind="representative", mandate="self"
        )
        talk.start(by=asked.cecilia, network=asked.elsewhere, title="Kahvikone", body="x", language="fi", key="1")
    body = write(MONDAY)["bjorn@example.org"].body
    assert body.index("## Kynnyksen yli") < body.index("## Toisaalla")
    assert "Kahvikone" in body
    assert Letter.objects.filter(template=actions.WEEKLY, recipient=f"person:{asked.bjorn.pk}").count() == 1


def test_never_twice_in_a_week_however_often_the_clock_rings(asked):
    first = write(MONDAY)["bjorn@example.org"]
    write(MONDAY)
    write("2026-11-23 09:00")
    write("2026-11-24 08:00")
    assert [row.pk for row in Letter.objects.filter(template=actions.WEEKLY)] == [first.pk]


def test_a_run_stopped_in_the_middle_goes_on_where_it_was(asked, monkeypatch):
    with clock.frozen(SUNDAY):
        talk.start(by=asked.aino, network=asked.network, title="Vene", body="Kuka?", language="fi", key="1")
        more = [make.member(asked.network, email=f"m{n}@example.org") for n in range(4)]
    whole, seen = actions.write_week, []

    def dies(**facts):
        seen.append(facts["person"])
        if len(seen) == 3:
            raise SystemExit  # kill -9 in the test's words: nothing after this line happens
        return whole(**facts)

    monkeypatch.setattr(actions, "write_week", dies)
    people = [asked.bjorn, *more]
    with clock.frozen(MONDAY):
        with pytest.raises(SystemExit):
            tasks.write_some(1, max(person.pk for person in people))
        written = set(weekly())
        assert 0 < len(written) < 5
        monkeypatch.setattr(actions, "write_week", whole)
        tasks.write_some(1, max(person.pk for person in people))
    rows = list(Letter.objects.filter(template=actions.WEEKLY).values_list("email", flat=True))
    assert sorted(rows) == sorted({person.email for person in people} | {"oskari@example.org"})


def test_a_letter_that_fails_stops_no_other_and_is_tried_again(asked, monkeypatch):
    whole = queries.week_of

    def fails(person, *rest):
        if person == asked.aino:
            raise ValueError("broken")
        return whole(person, *rest)

    monkeypatch.setattr(queries, "week_of", fails)
    with clock.frozen(MONDAY), pytest.raises(RuntimeError):
        tasks.write_some(1, 10_000)
    assert set(weekly()) == {"bjorn@example.org"}


def test_it_comes_on_the_chosen_day(asked):
    letters.wish(by=asked.bjorn, weekday=4, no_nudges=False, stopped=[])
    assert write(MONDAY) == {}
    letter = write(THURSDAY)["bjorn@example.org"]
    with clock.frozen(THURSDAY):
        assert letter.created_at == clock.now()


@pytest.mark.parametrize(
    "wish", [{"no_nudges": True, "stopped": []}, {"no_nudges": False, "stopped": ["notices.weekly"]}]
)
def test_who_does_not_want_it_does_not_get_it(asked, wish):
    letters.wish(by=asked.bjorn, weekday=0, **wish)
    assert write(MONDAY) == {}


@pytest.mark.parametrize("day", ["2027-07-05 08:00", "2026-12-21 08:00", "2026-11-22 08:00", "2026-12-06 08:00"])
def test_quiet_times_are_kept(cast, day):
    with clock.frozen(day) as now, clock.frozen(now - 7 * DAY):
        ask(cast)
        assert queries.inbox(cast.bjorn).count == 1
    assert write(day) == {}


def test_a_week_whose_place_a_reminder_has_taken_gets_no_second_letter_and_nothing_is_lost(asked):
    with clock.frozen("2026-11-23 07:59"):
        letters.send(
            letter="mail/letters/test.md", to=Addressee.of(asked.bjorn), context={}, key="reminder", nudge=True
        )
        talk.start(by=asked.aino, network=asked.network, title="Vene", body="Kuka?", language="fi", key="1")
    assert "bjorn@example.org" not in write(MONDAY)
    body = write(NEXT_MONDAY)["bjorn@example.org"].body
    assert "Kahvit" in body


def test_the_letter_takes_the_place_of_the_weeks_reminder(asked):
    write(MONDAY)
    with clock.frozen("2026-11-23 09:00"):
        row = letters.send(
            letter="mail/letters/test.md", to=Addressee.of(asked.bjorn), context={}, key="reminder", nudge=True
        )
        assert row.not_before > clock.now() + 6 * DAY


def test_the_next_letter_tells_only_what_is_new(cast):
    with clock.frozen(SUNDAY):
        talk.start(by=cast.aino, network=cast.network, title="Vene", body="Kuka?", language="fi", key="1")
    write(MONDAY)
    assert "Vene" in weekly()["bjorn@example.org"].body
    with clock.frozen("2026-11-25 12:00"):
        make.member(cast.network, "Dag", make.organisation("Saariston yhdistys ry"))
    body = write(NEXT_MONDAY)["bjorn@example.org"].body
    assert "Saariston yhdistys ry" in body
    assert "Vene" not in body


def test_markdown_in_a_title_stays_words(cast):
    with clock.frozen(SUNDAY):
        ask(cast, "[Paina](https://paha.example) **nyt** <script>")
    from kutomo.ground.mail.message import html_part, text_part

    letter = write(MONDAY)["bjorn@example.org"]
    assert 'href="https://paha.example' not in html_part(letter)
    assert "<script>" not in html_part(letter)
    assert "**nyt**" in text_part(letter)


def test_constant_queries_for_each_reader(asked, django_assert_max_num_queries):
    with clock.frozen(SUNDAY):
        for number in range(20):
            ask(asked, f"Asia {number}")
            talk.start(
                by=asked.aino, network=asked.network, title=f"Asia {number}", body="x", language="fi", key=f"k{number}"
            )
    with clock.frozen(MONDAY), django_assert_max_num_queries(40):
        actions.write_week(person=asked.bjorn, last=None, chronicles=queries.Chronicles())
