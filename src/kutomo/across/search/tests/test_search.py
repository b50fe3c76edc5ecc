"""Finding in any form of a word, on both databases alike, and never what is not one's own to open."""

import pytest
from tests import make

from kutomo.across.search import actions, queries
from kutomo.across.search.models import Entry
from kutomo.core.talk import actions as talk
from kutomo.core.talk.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall():
    leader = make.person("Marjut Vetäjä")
    network = make.network(leader, "Sali")
    return leader, network


def say(person, network, title, body="–", language="fi"):
    return talk.start(by=person, network=network, title=title, body=body, language=language, key=f"{title}{body}"[:40])


def titles(person, question, **where):
    found = queries.found(person, question, **where)
    return [answer.title for answer in found.shown(found.answers)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("järjestöjen yhteistyössä", {"Yhteistyö järjestö"}),
        ("yhteistyö järjestö", {"Yhteistyö järjestö", "Yhteistyöjärjestön säännöt"}),
        ("apu", {"Ruoka-avun jakelu"}),
        ("omaishoitaja", {"Omaishoitajayhdistyksen ilta"}),
        ("nuorten", {"Nuori hakee kotia"}),
        ("föreningarnas", {"En förening söker rum"}),
        ("sää", {"Sää oli hyvä"}),
        ("jarjesto", {"Yhteistyö järjestö", "Yhteistyöjärjestön säännöt"}),
        ("omaishotaja", {"Omaishoitajayhdistyksen ilta"}),
        ("förenning", {"En förening söker rum"}),
        ("xyzzyplugh", set()),
        ("", set()),
        ("…!?", set()),
        ("'; DROP TABLE search_entry; --", set()),
        ('"*) OR ("', set()),
    ],
)
def test_words_are_found_in_any_form(hall, question, expected):
    leader, network = hall
    for title, language in [
        ("Yhteistyö järjestö", "fi"),
        ("Yhteistyöjärjestön säännöt", "fi"),
        ("Ruoka-avun jakelu", "fi"),
        ("Omaishoitajayhdistyksen ilta", "fi"),
        ("Nuori hakee kotia", "fi"),
        ("En förening söker rum", "sv"),
        ("Sää oli hyvä", "fi"),
        ("Hän saa tulla", "fi"),
    ]:
        say(leader, network, title, language=language)
    actions.file_new()
    assert set(titles(leader, question)) == expected


def test_titles_first_then_the_newest(hall):
    leader, network = hall
    say(leader, network, "Vanha lahjoitus")
    say(leader, network, "Muu asia", body="Puhumme lahjoituksista.")
    say(leader, network, "Uusi lahjoitus")
    actions.file_new()
    assert titles(leader, "lahjoitus") == ["Uusi lahjoitus", "Vanha lahjoitus", "Muu asia"]


def test_posts_are_found_and_removed_ones_are_not(hall):
    leader, network = hall
    thread = say(leader, network, "Aihe", body="Ensin vaihde.")
    post = talk.write(by=leader, thread=thread, body="Sitten hirvensarvi.", language="fi", key="second")
    actions.file_new()
    assert titles(leader, "hirvensarvi") == ["Aihe"]
    talk.remove(by=leader, post=Post.objects.get(pk=post.pk))
    actions.file_new()
    assert titles(leader, "hirvensarvi") == []


def test_nobody_finds_what_they_may_not_open(hall, client):
    """No hit, no count, no kind, no suggestion: the page is the same as for a word that nobody ever wrote."""
    leader, network = hall
    stranger = make.person("Vieras Vetäjä")
    other = make.network(stranger, "Muualla")
    say(leader, network, "Salainen suunnitelma", body="Hirvensarvi.")
    actions.file_new()
    assert titles(leader, "hirvensarvi") == ["Salainen suunnitelma"]
    for question in ("hirvensarvi", "hirvensarvet", "hirvensarv", "hirvensrvi", "salainen"):
        assert titles(stranger, question) == []
        found = queries.found(stranger, question)
        assert (found.total, found.kinds, found.is_more, found.is_loose) == (0, [], False, False)
    client.force_login(stranger)
    pages = [
        client.get("/search/", {"q": question})
        .content.decode()
        .replace(question, "?")
        .split("<main")[1]
        .split("<footer")[0]
        for question in ("hirvensarvi", "xyzzyplughi")
    ]
    assert pages[0] == pages[1]
    assert client.get(f"/n/{network.slug}/search/", {"q": "hirvensarvi"}).status_code == 404
    assert titles(stranger, "hirvensarvi", network=other) == []


def test_the_same_is_not_filed_twice_and_what_is_gone_is_forgotten(hall, django_assert_max_num_queries):
    leader, network = hall
    thread = say(leader, network, "Aihe", body="Hirvensarvi.")
    actions.file_new()
    filed_at = Entry.objects.get(kind="talk.thread", thing=thread.pk).filed_at
    actions.file_all()
    assert Entry.objects.get(kind="talk.thread", thing=thread.pk).filed_at == filed_at
    pk = thread.pk
    thread.posts.all().delete()
    thread.delete()
    actions.file_all()
    assert not Entry.objects.filter(kind="talk.thread", thing=pk).exists()
    assert titles(leader, "hirvensarvi") == []
    with django_assert_max_num_queries(3):
        actions.file_new()


def test_the_page_filters_by_kind_and_pages(hall, client):
    leader, network = hall
    for number in range(25):
        say(leader, network, f"Lahjoitus {number}")
    actions.file_new()
    client.force_login(leader)
    text = client.get("/search/", {"q": "lahjoitus"}).content.decode()
    assert text.count("row-title") == 20
    assert "25" in text
    assert client.get("/search/", {"q": "lahjoitus", "page": "2"}).content.decode().count("row-title") == 5
    assert client.get("/search/", {"q": "lahjoitus", "kind": "talk.thread"}).content.decode().count("row-title") == 20
    assert client.get("/search/", {"q": "lahjoitus", "kind": "quatsch"}).status_code == 200
    for odd in ("a" * 5_000, "ä" * 300, "🦌 hirvi", "<script>"):
        assert client.get("/search/", {"q": odd}).status_code == 200
    assert client.get("/search/", {"q": "\x00"}).status_code == 409  # refused with words, by the middleware


def test_a_hit_is_marked_and_nothing_gets_in_unescaped(hall, client):
    leader, network = hall
    say(leader, network, "Aihe", body="Alku <b>x</b> hirvensarvet loppu.")
    actions.file_new()
    client.force_login(leader)
    text = client.get("/search/", {"q": "hirvensarvi"}).content.decode()
    assert "<mark>hirvensarvet</mark>" in text
    assert "<b>x</b>" not in text
