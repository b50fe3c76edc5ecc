import pytest
from django.urls import reverse
from tests.cast import gather

from kutomo.core.talk import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast():
    return gather()


def test_a_member_starts_and_answers_and_markdown_is_safe(client, cast):
    client.force_login(cast.bjorn)
    address = reverse("talk:start", args=[cast.network.slug])
    body = "**Tärkeää** <script>alert(1)</script>"
    answer = client.post(address, {"title": "Kysymys", "body": body, "language": "sv", "key": "a"}, follow=True)
    page = answer.content.decode()
    assert "<strong>Tärkeää</strong>" in page
    assert "<script>alert" not in page
    assert 'lang="sv"' in page


def test_unread_is_said_until_the_thread_is_opened(client, cast):
    thread = actions.start(by=cast.bjorn, network=cast.network, title="Uusi", body="x", language="fi", key="b")
    client.force_login(cast.aino)
    threads = reverse("talk:threads", args=[cast.network.slug])
    assert "Uutta" in client.get(threads).content.decode()
    client.get(reverse("talk:thread", args=[cast.network.slug, thread.pk]))
    assert "Uutta" not in client.get(threads).content.decode()


def test_a_thread_of_fifty_posts_asks_no_more_than_one_of_two(client, cast, django_assert_max_num_queries):
    thread = actions.start(by=cast.bjorn, network=cast.network, title="Uusi", body="x", language="fi", key="b")
    for number in range(50):
        actions.write(by=cast.aino, thread=thread, body=f"Viesti {number}", language="fi", key=f"c{number}")
    client.force_login(cast.bjorn)
    client.get(reverse("talk:thread", args=[cast.network.slug, thread.pk]))
    with django_assert_max_num_queries(12):
        client.get(reverse("talk:thread", args=[cast.network.slug, thread.pk]))


def test_only_the_author_sees_the_edit_page(client, cast):
    thread = actions.start(by=cast.bjorn, network=cast.network, title="Uusi", body="x", language="fi", key="b")
    address = reverse("talk:edit", args=[cast.network.slug, thread.posts.get().pk])
    client.force_login(cast.aino)
    assert client.get(address).status_code == 403
    client.force_login(cast.bjorn)
    assert client.post(address, {"body": "Parempi"}).status_code == 302
