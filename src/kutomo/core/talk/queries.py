"""Reading conversations. A thread is visible to everybody with a role in its network."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, QuerySet, Subquery, prefetch_related_objects
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from kutomo.core.networks.models import Network
from kutomo.ground.errors import NotAllowed, NotFound

from .models import Post, ReadMark, Thread

THREADS_A_PAGE = 20
POSTS_A_PAGE = 50


def get(person: Any, network: Network, pk: int) -> Thread:
    """One thread of ``network``; NotFound when there is none that ``person`` may see."""
    found = Thread.objects.filter(network=network, pk=pk).first()
    if found is None or not network.roles_of(person):
        raise NotFound(_("There is no such conversation."))
    found.network = network
    return found


def post(person: Any, network: Network, pk: int) -> Post:
    """One post that is not removed; NotFound otherwise."""
    found = (
        Post.objects.filter(
            pk=pk, thread__network=network, thread__in=Thread.objects.visible_to(person), removed_at=None
        )
        .select_related("thread", "author")
        .first()
    )
    if found is None:
        raise NotFound(_("There is no such post, or it has been removed."))
    found.thread.network = network
    return found


def own_post(person: Any, network: Network, pk: int) -> Post:
    """A post that ``person`` wrote; NotAllowed for another's, NotFound for none."""
    found = post(person, network, pk)
    if found.author_id != person.pk:
        raise NotAllowed(_("Only its author can change a post."), network=network)
    return found


def last_read(person: Any, thread: Thread) -> int:
    """Key of the last post that ``person`` has read in ``thread``; 0 before the first."""
    return ReadMark.objects.filter(thread=thread, person=person).values_list("last_post", flat=True).first() or 0


def newest_of(posts: Page[Post]) -> int:
    """Key of the newest post on a page of posts; 0 on an empty one."""
    return max((row.pk for row in posts), default=0)


def mentions_of(person: Any, among: Iterable[Network]) -> list[Post]:
    """Posts that mention ``person`` and that the person has not read, newest first, at most ten; one query."""
    read = ReadMark.objects.filter(thread=OuterRef("thread"), person=person).values("last_post")
    rows = (
        Post.objects.filter(mentions__person=person, thread__network__in=list(among), removed_at=None)
        .annotate(last_read=Coalesce(Subquery(read), 0))
        .filter(pk__gt=F("last_read"))
    )
    return list(rows.select_related("thread", "author").order_by("-pk")[:10])


def on(thing: tuple[str, int]) -> Thread | None:
    """The conversation on a thing, or None before the first post."""
    return Thread.objects.filter(thing_kind=thing[0], thing_id=thing[1]).first()


def threads(person: Any, network: Network, page: str = "1") -> Page[Thread]:
    """The network's conversations, latest movement first; each with ``.last_read`` of this person."""
    mark = ReadMark.objects.filter(thread=OuterRef("pk"), person=person).values("last_post")
    newest = Post.objects.filter(thread=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    rows: QuerySet[Any] = (
        Thread.objects.filter(network=network)
        .select_related("started_by")
        .annotate(last_read=Coalesce(Subquery(mark), 0), newest=Subquery(newest))
        .order_by("-moved_at", "-pk")
    )
    return Paginator(rows, THREADS_A_PAGE).get_page(page)


def posts(thread: Thread, page: str | None = None) -> Page[Post]:
    """The thread's posts, oldest first, removed ones too (shown as removed); the last page when ``page`` is None."""
    rows: QuerySet[Post] = Post.objects.filter(thread=thread).select_related("author")
    pages = Paginator(rows, POSTS_A_PAGE)
    found = pages.get_page(page or pages.num_pages)
    prefetch_related_objects([post for post in found if post.edited_at], "wordings")
    return found


def words_of(thread: Thread) -> str:
    """All that stands in the conversation, for the search: its title and the posts that are there to read."""
    return "\n".join([thread.title, *(post.body for post in thread.posts.all() if post.removed_at is None)])


def own_rows(person: Any) -> list[dict[str, Any]]:
    """All posts of ``person`` with their earlier wordings, for the person's own export."""
    rows = Post.objects.filter(author=person).select_related("thread__network").prefetch_related("wordings")
    return [
        {
            "network": row.thread.network.name,
            "conversation": row.thread.title,
            "written_at": row.written_at.isoformat(),
            "language": row.language,
            "body": row.body,
            "earlier": [wording.body for wording in row.wordings.all()],
        }
        for row in rows
    ]


def last_posts(thing: tuple[str, int], most: int) -> list[Post]:
    """The last posts of the conversation on ``thing``, oldest first, each with its thread; one query."""
    rows = Post.objects.filter(thread__thing_kind=thing[0], thread__thing_id=thing[1])
    return list(reversed(rows.select_related("author", "thread").order_by("-pk")[:most]))
