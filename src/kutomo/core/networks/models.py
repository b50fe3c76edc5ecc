from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Can, Role
from kutomo.core.people.models import Language
from kutomo.ground.clock import now, today

ROLE_LABELS = {
    Role.OBSERVER: _("observer"),
    Role.MEMBER: _("member"),
    Role.SCOUT: _("signal scout"),
    Role.WEAVER: _("weaver"),
    Role.RECORDER: _("recorder"),
    Role.HOST: _("host"),
    Role.CO_LEADER: _("co-leader"),
    Role.LEADER: _("leader"),
}
CAN_LABELS = {
    Can.SEE: _("open the network's pages"),
    Can.TALK: _("write in conversations"),
    Can.ANSWER: _("answer questions, take a stance, hold a commitment card"),
    Can.CLUSTER: _("group answers and name the groups"),
    Can.PROPOSE: _("propose wordings, ground rules and new members"),
    Can.INTRODUCE: _("see whom one might introduce to whom, and write to both"),
    Can.INVITE: _("send an invitation as the one who invites"),
    Can.RECORD: _("enter paper and phone answers on behalf of somebody"),
    Can.HOST: _("run a meeting on the big screen"),
    Can.CONVENE: _("create a meeting and edit its agenda"),
    Can.MANAGE_CANDIDATES: _("import and assign potential members, open and close the join link"),
    Can.LEAD_FOUNDING: _("draft, open, reveal, propose and close the founding canvas; run consent rounds"),
    Can.MANAGE_SEATS: _("give and end seats"),
    Can.OFFER_ROLES: _("offer a role, which the person accepts or declines"),
    Can.SETTLE: _("change the network's basic facts and stage; hide a post with a public reason"),
}
ROLE_CHOICES = [(role.value, label) for role, label in ROLE_LABELS.items()]


class Network(models.Model):
    """A theme, a challenge, and those who sit round it."""

    class Yarn(models.TextChoices):
        SINI = "sini", _("woad blue")
        KUUSI = "kuusi", _("spruce green")
        MATARA = "matara", _("madder red")
        TERVA = "terva", _("tar black")

    class Stage(models.TextChoices):
        IDEA = "idea", _("idea")
        LAUNCH = "launch", _("launch")
        BUILDING = "building", _("building")
        WORKING = "working", _("working")
        RENEWING = "renewing", _("renewing")
        CLOSING = "closing", _("closing")
        ARCHIVE = "archive", _("archive")

    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(max_length=60, unique=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    challenge = models.TextField(_("challenge"), max_length=600, blank=True)
    yarn = models.CharField(_("yarn"), max_length=8, choices=Yarn.choices, default=Yarn.SINI)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.IDEA)
    languages = models.CharField(max_length=20, default="fi")  # working languages, e.g. "fi,sv"
    is_example = models.BooleanField(default=False)
    started_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("home:network", args=[self.slug])

    @property
    def working_languages(self) -> list[str]:
        return [code for code in self.languages.split(",") if code in Language.values]

    def roles_of(self, person: Any) -> frozenset[Role]:
        """The roles that ``person`` holds here now; a seat makes a member. Read once per object."""
        if person is None or getattr(person, "pk", None) is None:
            return frozenset()
        known: dict[int, frozenset[Role]] = self.__dict__.setdefault("_roles", {})
        if person.pk not in known:
            known[person.pk] = self._read_roles(person)
        return known[person.pk]

    def _read_roles(self, person: Any) -> frozenset[Role]:
        day = today().isoformat()
        with connection.cursor() as cursor:
            cursor.execute(_ROLES, {"network": self.pk, "person": person.pk, "day": day})
            return frozenset(Role(role) for (role,) in cursor.fetchall())


def roles_everywhere(person: Any) -> dict[int, frozenset[Role]]:
    """The roles that ``person`` holds now, by the network's key; one query."""
    found: dict[int, set[Role]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ROLES_EVERYWHERE, {"person": person.pk, "day": today().isoformat()})
        for network, role in cursor.fetchall():
            found.setdefault(network, set()).add(Role(role))
    return {network: frozenset(roles) for network, roles in found.items()}


# Every page asks this. Two unions of ``current()`` in Django's own words cost more than all else the gate does.
_ROLES = """
    SELECT role FROM networks_roleterm
    WHERE network_id = %(network)s AND person_id = %(person)s AND state = 'accepted'
      AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
    UNION
    SELECT 'member' FROM networks_representation AS sitting JOIN networks_seat AS seat ON seat.id = sitting.seat_id
    WHERE seat.network_id = %(network)s AND sitting.person_id = %(person)s
      AND sitting.since <= %(day)s AND (sitting.until IS NULL OR sitting.until > %(day)s)
      AND (seat.left_on IS NULL OR seat.left_on > %(day)s)
"""
_ROLES_EVERYWHERE = """
    SELECT network_id, role FROM networks_roleterm
    WHERE person_id = %(person)s AND state = 'accepted'
      AND since <= %(day)s AND (until IS NULL OR until > %(day)s)
    UNION
    SELECT seat.network_id, 'member'
    FROM networks_representation AS sitting JOIN networks_seat AS seat ON seat.id = sitting.seat_id
    WHERE sitting.person_id = %(person)s
      AND sitting.since <= %(day)s AND (sitting.until IS NULL OR sitting.until > %(day)s)
      AND (seat.left_on IS NULL OR seat.left_on > %(day)s)
"""


class Seats(models.QuerySet["Seat"]):
    def current(self, on: date | None = None) -> Seats:
        """Seats held on the day ``on`` (today if None)."""
        on = on or today()
        return self.filter(Q(left_on=None) | Q(left_on__gt=on), joined_on__lte=on)


class Seat(models.Model):
    """A place in a network: an organisation's, or one's own when ``organisation`` is empty."""

    network = models.ForeignKey(Network, models.CASCADE, related_name="seats")
    organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, null=True, blank=True, related_name="seats"
    )
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    leaving_words = models.CharField(max_length=500, blank=True)
    contact = models.CharField(_("contact"), max_length=300, blank=True)

    objects = Seats.as_manager()

    class Meta:
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation"],
                condition=Q(left_on=None) & Q(organisation__isnull=False),
                name="one_seat_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=models.F("joined_on")), name="seat_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The organisation's name, or the private person's."""
        if self.organisation:
            return self.organisation.name
        return next((sitting.person.name for sitting in self.representations.all()), "")

    def sitting(self) -> list[Representation]:
        """Who sits here today, representatives first; uses prefetched rows."""
        rows = [row for row in self.representations.all() if row.is_current]
        return sorted(rows, key=lambda row: (row.kind != Representation.Kind.REPRESENTATIVE, row.pk))


class Representations(models.QuerySet["Representation"]):
    def current(self, on: date | None = None) -> Representations:
        """Those who sit on the day ``on`` (today if None), on a seat that is held."""
        on = on or today()
        return self.filter(
            Q(until=None) | Q(until__gt=on),
            Q(seat__left_on=None) | Q(seat__left_on__gt=on),
            since__lte=on,
        )


class Representation(models.Model):
    """A person sitting on a seat, with a mandate (methods § A1)."""

    class Kind(models.TextChoices):
        REPRESENTATIVE = "representative", _("representative")
        SUBSTITUTE = "substitute", _("substitute")

    class Mandate(models.TextChoices):
        SELF = "self", _("speaks for self")
        SPEAK = "speak", _("can speak for the organisation")
        BIND = "bind", _("can bind the organisation")

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="representations")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="representations")
    kind = models.CharField(max_length=16, choices=Kind.choices, default=Kind.REPRESENTATIVE)
    mandate = models.CharField(_("mandate"), max_length=8, choices=Mandate.choices, default=Mandate.SELF)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    hand_over = models.TextField(_("hand-over note"), max_length=2000, blank=True)

    objects = Representations.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "person"], condition=Q(until=None), name="one_sitting_a_person_a_seat"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("since")), name="sitting_ends_after_it_began"
            ),
        ]

    @property
    def is_current(self) -> bool:
        return self.since <= today() and (self.until is None or self.until > today())


class RoleTerms(models.QuerySet["RoleTerm"]):
    def current(self, on: date | None = None) -> RoleTerms:
        """Accepted roles that run on the day ``on`` (today if None)."""
        on = on or today()
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on, state=RoleTerm.State.ACCEPTED)


class RoleTerm(models.Model):
    """A role offered to a person, for a time. It counts only when accepted (methods § A2)."""

    class State(models.TextChoices):
        OFFERED = "offered", _("offered")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("ended")

    network = models.ForeignKey(Network, models.CASCADE, related_name="role_terms")
    person = models.ForeignKey("people.Person", models.CASCADE, related_name="role_terms")
    role = models.CharField(max_length=12, choices=ROLE_CHOICES)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OFFERED)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    offered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")
    offered_at = models.DateTimeField(default=now)
    answered_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)

    objects = RoleTerms.as_manager()

    class Meta:
        ordering = ["-since", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(role__in=[role.value for role in Role]), name="known_role"),
            models.UniqueConstraint(
                fields=["network", "person", "role"],
                condition=Q(state__in=["offered", "accepted"], until=None),
                name="one_open_term_a_role",
            ),
        ]
