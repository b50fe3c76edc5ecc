from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """What sends people to networks. Municipality and county are codes of the reference data (content/)."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", _("association")
        FOUNDATION = "foundation", _("foundation")
        PUBLIC = "public", _("public body")
        COMPANY = "company", _("company")
        PARISH = "parish", _("parish")
        SCHOOL = "school", _("school")
        GROUP = "group", _("informal group")

    name = models.CharField(_("name"), max_length=200)
    # The name without case, diacritics and legal form: finds "Kynnyskahvit ry" for "kynnyskahvit r.y.".
    name_key = models.CharField(max_length=200, db_index=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.ASSOCIATION)
    business_id = models.CharField(_("business ID"), max_length=9, blank=True)
    municipality = models.CharField(_("home municipality"), max_length=3, blank=True)
    county = models.CharField(_("wellbeing services county"), max_length=2, blank=True)
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="members", verbose_name=_("parent organisation")
    )
    themes = models.CharField(_("themes"), max_length=300, blank=True)
    web = models.URLField(_("web page"), blank=True)
    is_economic = models.BooleanField(_("economic activity"), default=False)
    is_example = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["business_id"], condition=~models.Q(business_id=""), name="one_organisation_a_business_id"
            )
        ]
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
