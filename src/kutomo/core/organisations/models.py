from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _

from . import rules


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

    def get_absolute_url(self) -> str:
        return reverse("organisations:organisation", args=[self.pk])

    @property
    def municipality_name(self) -> str:
        town = rules.municipalities().get(self.municipality)
        return town.name(get_language() or "fi") if town else ""

    @property
    def county_name(self) -> str:
        county = rules.counties().get(self.county)
        return county.name(get_language() or "fi") if county else ""

    @property
    def theme_list(self) -> list[str]:
        return [theme for part in self.themes.split(",") if (theme := part.strip())]


class ContactPoint(models.Model):
    """Where the organisation can be reached about something: an office, a duty, not a private person."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="contact_points")
    about = models.CharField(_("about what"), max_length=120)
    name = models.CharField(_("name"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(email="") | ~models.Q(phone=""), name="contact_point_can_be_reached"
            )
        ]

    def __str__(self) -> str:
        return self.about


class Affiliation(models.Model):
    """A person of the organisation: may keep its page in order. One person may belong to several."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="affiliations")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="affiliations")
    since = models.DateField()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "person"], name="belongs_once")]

    def __str__(self) -> str:
        return f"{self.person_id} – {self.organisation_id}"
