"""What can be done in a conversation."""

from __future__ import annotations

import re
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext, gettext_lazy as _, override

from kutomo.core.access import Can, gate
from kutomo.core.activity.actions import record
from kutomo.core.networks.models import Network
from kutomo.core.networks.queries import members
from kutomo.ground.clock import now
from kutomo.ground.errors import NotAllowed, RuleBroken

from . import events
from .models import Mention, Post, ReadMark, Thread, Wording
from .rules import LONGEST, is_same_breath, mentioned


def _checked(body: str) -> str:
    body = body.strip()
    if not body:
        raise RuleBroken(_("Write something first."), field="body")
    if len(body) > LONGEST:
        raise RuleBroken(
            _("This is too long: at most %(most)s characters. Split it, or attach it to a meeting's notes."),
            field="body",
            params={"most": LONGEST},
        )
    return body


@transaction.atomic
def start(
    *, by: Any, network: Network, title: str, body: str, language: str, key: str, thing: tuple[str, int] | None = None
) -> Thread:
    """Start a conversation, on ``thing`` if given, with its first post; the same ``key`` again changes nothing."""
    gate.require(by, Can.TALK, network)
    title = " ".join(title.split())
    if not title:
        raise RuleBroken(_("Give the conversation a title."), field="title")
    if again := Post.objects.filter(key=key, author=by).select_related("thread").first():
        return again.thread
    thread = Thread.objects.create(
        network=network,
        title=title[:200],
        thing_kind=thing[0] if thing else "",
        thing_id=thing[1] if thing else None,
        started_by=by,
        started_at=now(),
        moved_at=now(),
    )
    _add(by, thread, body, language, key, None)
    record(events.THREAD_STARTED, by=by, network=network, thing=("talk.thread", thread.pk), title=thread.title)
    return thread


@transaction.atomic
def write(*, by: Any, thread: Thread, body: str, language: str, key: str, answers: Post | None = None) -> Post:
    """Write a post; the same ``key`` again gives the first post (a form sent twice is one post)."""
    gate.require(by, Can.TALK, thread.network)
    if again := Post.objects.filter(key=key, author=by).first():
        return again
    if answers is not None and answers.thread_id != thread.pk:
        raise RuleBroken(_("The post that you answer is in another conversation."))
    post = _add(by, thread, body, language, key, answers)
    record(events.POST_WRITTEN, by=by, network=thread.network, thing=("talk.thread", thread.pk), title=thread.title)
    return post


def _add(by: Any, thread: Thread, body: str, language: str, key: str, answers: Post | None) -> Post:
    post = Post.objects.create(
        thread=thread,
        author=by,
        body=_checked(body),
        language=language,
        answers=answers,
        written_at=now(),
        key=key,
    )
    _note_mentions(post)
    Thread.objects.filter(pk=thread.pk).update(moved_at=post.written_at, post_count=F("post_count") + 1)
    mark_read(by=by, thread=thread, upto=post.pk)
    return post


def _note_mentions(post: Post) -> None:
    if "@" not in post.body:
        post.mentions.all().delete()
        return
    here = {person.pk: person for person in members(post.thread.network) if person.pk != post.author_id}
    named = mentioned(post.body, {pk: person.name for pk, person in here.items()})
    post.mentions.exclude(person__in=named).delete()
    Mention.objects.bulk_create([Mention(post=post, person=here[pk]) for pk in named], ignore_conflicts=True)


@transaction.atomic
def edit(*, by: Any, post: Post, body: str) -> Post:
    """Change one's own post; the earlier wording is kept and shown after the first two minutes."""
    gate.require(by, Can.TALK, post.thread.network)
    post = Post.objects.select_for_update().select_related("thread__network").get(pk=post.pk)
    if post.author_id != by.pk:
        raise NotAllowed(_("Only its author can change a post."), network=post.thread.network)
    body = _checked(body)
    if body == post.body:
        return post
    if not is_same_breath(post.written_at, now()):
        Wording.objects.create(post=post, body=post.body, replaced_at=now())
        post.edited_at = now()
    post.body = body
    post.save(update_fields=["body", "edited_at"])
    _note_mentions(post)
    network, title = post.thread.network, post.thread.title
    record(events.POST_EDITED, by=by, network=network, thing=("talk.thread", post.thread_id), title=title)
    return post


@transaction.atomic
def remove(*, by: Any, post: Post, reason: str = "") -> Post:
    """Remove one's own post, or hide another's with a public reason (a leader's power).

    The words are emptied, the place stays: answers keep their meaning.
    """
    post = Post.objects.select_for_update().select_related("thread__network").get(pk=post.pk)
    network, own = post.thread.network, post.author_id == by.pk
    gate.require(by, Can.TALK if own else Can.SETTLE, network)
    if post.removed_at is not None:
        raise RuleBroken(_("This post has been removed already."))
    post.wordings.all().delete()
    post.mentions.all().delete()
    post.body, post.removed_at, post.removed_by = "", now(), by
    post.save(update_fields=["body", "removed_at", "removed_by"])
    kind = events.POST_REMOVED if own else events.POST_HIDDEN
    record(kind, by=by, network=network, thing=("talk.thread", post.thread_id), title=post.thread.title, reason=reason)
    return post


def mark_read(*, by: Any, thread: Thread, upto: int) -> None:
    """Note how far ``by`` has read; never moves back, is shown to nobody else, and is no deed for the log."""
    mark, created = ReadMark.objects.get_or_create(thread=thread, person=by, defaults={"last_post": upto})
    if not created and mark.last_post < upto:
        ReadMark.objects.filter(pk=mark.pk, last_post__lt=upto).update(last_post=upto)


@transaction.atomic
def let_go(*, by: Any) -> None:
    """``by`` removes the own account: posts stay without a name, read marks and mentions go."""
    _unmention(by)
    ReadMark.objects.filter(person=by).delete()
    Mention.objects.filter(person=by).delete()
    Post.objects.filter(author=by).update(author=None)
    Post.objects.filter(removed_by=by).update(removed_by=None)
    Thread.objects.filter(started_by=by).update(started_by=None)


def _unmention(by: Any) -> None:
    """Where others call ``by`` with an @, the name gives way; other words of theirs are left alone."""
    called = re.compile(re.escape(f"@{by.name}"), re.IGNORECASE)
    for post in Post.objects.filter(mentions__person=by).prefetch_related("wordings"):
        with override(post.language):
            gone = gettext("somebody who has left")
        rows: list[Post | Wording] = [post, *post.wordings.all()]
        for row in rows:
            row.body = called.sub(f"@{gone}", row.body)
            row.save(update_fields=["body"])
