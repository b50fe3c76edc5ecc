import pytest
from tests.cast import gather

from kutomo.core.activity.models import Event
from kutomo.core.talk import actions, queries
from kutomo.core.talk.models import Post
from kutomo.ground.clock import frozen
from kutomo.ground.errors import NotAllowed, NotFound, RuleBroken

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


def begin(cast, **facts):
    words = {"title": "Mitä jää näkemättä?", "body": "Ensimmäinen ajatus.", "language": "fi", "key": "k1"} | facts
    return actions.start(by=cast.bjorn, network=cast.network, **words)


def test_a_conversation_begins_with_a_post_and_one_line_in_the_log(cast):
    thread = begin(cast)
    assert thread.posts.get().body == "Ensimmäinen ajatus."
    assert Event.objects.filter(kind="talk.started").count() == 1


def test_a_form_sent_twice_is_one_post(cast):
    thread = begin(cast)
    assert begin(cast) == thread
    for _ in range(2):
        actions.write(by=cast.aino, thread=thread, body="Vastaus", language="fi", key="k2")
    thread.refresh_from_db()
    assert (thread.posts.count(), thread.post_count) == (2, 2)


def test_an_observer_and_a_stranger_do_not_write(cast):
    thread = begin(cast)
    for person in (cast.oskari, cast.cecilia):
        with pytest.raises(NotAllowed):
            actions.write(by=person, thread=thread, body="Hei", language="fi", key=f"k{person.pk}")


def test_a_stranger_does_not_find_the_thread(cast):
    thread = begin(cast)
    with pytest.raises(NotFound):
        queries.get(cast.cecilia, cast.network, thread.pk)


def test_an_empty_and_a_huge_post_are_refused(cast):
    thread = begin(cast)
    for body in ("  ", "x" * 10_001):
        with pytest.raises(RuleBroken):
            actions.write(by=cast.aino, thread=thread, body=body, language="fi", key="k3")


def test_an_edit_in_the_same_breath_keeps_no_history_and_a_later_one_does():
    with frozen("2026-03-02 10:00"):
        cast = gather()
        post = begin(cast).posts.get()
    with frozen("2026-03-02 10:01"):
        actions.edit(by=cast.bjorn, post=post, body="Toinen ajatus.")
    with frozen("2026-03-02 11:00"):
        actions.edit(by=cast.bjorn, post=post, body="Kolmas ajatus.")
    assert [wording.body for wording in post.wordings.all()] == ["Toinen ajatus."]


def test_only_the_author_edits(cast):
    post = begin(cast).posts.get()
    with pytest.raises(NotAllowed):
        actions.edit(by=cast.aino, post=post, body="Toisen sanoja")


def test_removing_ones_post_empties_it_and_keeps_its_place(cast):
    thread = begin(cast)
    actions.remove(by=cast.bjorn, post=thread.posts.get())
    post = Post.objects.get(thread=thread)
    assert (post.body, post.removed_at is not None) == ("", True)


def test_hiding_anothers_post_needs_a_leader_and_a_public_reason(cast):
    post = begin(cast).posts.get()
    with pytest.raises(RuleBroken):
        actions.remove(by=cast.aino, post=post)
    actions.remove(by=cast.aino, post=post, reason="Asiakkaan nimi.")
    assert Event.objects.get(kind="talk.hidden").reason == "Asiakkaan nimi."


def test_mentions_reach_members_only(cast):
    thread = begin(cast, body="Mitä @Aino Aalto ja @Cecilia Ceder ajattelevat?")
    assert [mention.person for mention in thread.posts.get().mentions.all()] == [cast.aino]


def test_a_mention_waits_until_it_is_read_and_goes_when_it_is_edited_away(cast):
    thread = begin(cast, body="@aino aallolta en kysy, @Aino Aalto kyllä.")
    assert [post.thread for post in queries.mentions_of(cast.aino, [cast.network])] == [thread]
    actions.mark_read(by=cast.aino, thread=thread, upto=thread.posts.get().pk)
    assert queries.mentions_of(cast.aino, [cast.network]) == []
    actions.edit(by=cast.bjorn, post=thread.posts.get(), body="Ei ketään.")
    assert not thread.posts.get().mentions.exists()


def test_a_read_mark_never_moves_back(cast):
    thread = begin(cast)
    actions.mark_read(by=cast.aino, thread=thread, upto=9)
    actions.mark_read(by=cast.aino, thread=thread, upto=3)
    assert queries.last_read(cast.aino, thread) == 9
