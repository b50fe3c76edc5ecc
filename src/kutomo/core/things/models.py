from django.db import models
from django.utils.translation import gettext_lazy as _


class Trail(models.Model):
    """One thread from a thing to another. Its row may point up at network and person (ADR 2)."""

    class Relation(models.TextChoices):
        CAME_FROM = "came_from", _("came from")
        ANSWERS = "answers", _("answers")
        CARRIES_OUT = "carries_out", _("carries out")

    network = models.ForeignKey("networks.Network", models.CASCADE, related_name="+")
    relation = models.CharField(max_length=16, choices=Relation.choices)
    from_kind = models.CharField(max_length=40)
    from_id = models.BigIntegerField()
    to_kind = models.CharField(max_length=40)
    to_id = models.BigIntegerField()
    by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_kind", "from_id", "relation", "to_kind", "to_id"], name="one_trail_each"
            ),
            models.CheckConstraint(
                condition=models.Q(relation__in=["came_from", "answers", "carries_out"]), name="known_relation"
            ),
        ]
        indexes = [models.Index(fields=["to_kind", "to_id"], name="trail_to")]
