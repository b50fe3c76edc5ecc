from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from kutomo.core.networks.models import Network
from kutomo.core.networks.queries import visible_to as visible_networks
from kutomo.core.people.models import Language


class Threads(models.QuerySet["Thread"]):
    def visible_to(self, person: Any) -> Threads:
        return self.filter(network__in=visible_networks(person))


class Thread(models.Model):
    """A conversation; ``thing_kind`` and ``thing_id`` name what it is about, or are empty for a free one."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="threads")
    title = models.CharField(max_length=200)
    thing_kind = models.CharField(max_length=40, blank=True)
    thing_id = models.BigIntegerField(null=True, blank=True)
    started_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    post_count = models.PositiveIntegerField(default=0)

    objects = Threads.as_manager()

    class Meta:
        indexes = [models.Index(fields=["network", "-moved_at"], name="thread_network_moved")]
        constraints = [
            models.UniqueConstraint(
                fields=["thing_kind", "thing_id"], condition=~Q(thing_kind=""), name="one_thread_a_thing"
            ),
            models.CheckConstraint(
                condition=Q(thing_kind="", thing_id=None) | (~Q(thing_kind="") & Q(thing_id__isnull=False)),
                name="thread_names_a_whole_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Post(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE, related_name="posts")
    author = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    body = models.TextField()
    language = models.CharField(max_length=2, choices=Language.choices)
    answers = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replies")
    written_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    # The form's one-time key: a post sent twice is one post.
    key = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["thread", "id"], name="post_thread")]


class Wording(models.Model):
    """An earlier wording of a post, kept when it was edited after the first breath."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="wordings")
    body = models.TextField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]


class Mention(models.Model):
    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "person"], name="one_mention_each")]


class ReadMark(models.Model):
    """How far a person has read a thread; one's own eyes only."""

    thread = models.ForeignKey(Thread, models.CASCADE, related_name="marks")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="+")
    last_post = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["thread", "person"], name="one_mark_a_reader")]
