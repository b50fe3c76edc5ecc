from django.utils.translation import gettext_lazy as _

from kutomo.core.access import Role
from kutomo.core.networks.models import Representation, RoleTerm
from kutomo.core.people import queries as people
from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from . import actions, queries
from .models import Candidate


def visible(person):  # type: ignore[no-untyped-def]
    """Candidates of the networks where ``person`` sits or leads; observers do not see them."""
    if person is None or not getattr(person, "is_authenticated", False):
        return Candidate.objects.none()
    sits = Representation.objects.current().filter(person=person).values("seat__network")
    roles = RoleTerm.objects.current().filter(person=person).exclude(role=Role.OBSERVER).values("network")
    rows = Candidate.objects.filter(network__in=sits) | Candidate.objects.filter(network__in=roles)
    return rows.select_related("network")


register(
    ThingKind(
        kind="candidates.candidate",
        model="candidates.Candidate",
        label=_("candidate"),
        icon="user-plus",
        url=lambda candidate: candidate.get_absolute_url(),
        title=lambda candidate: candidate.title,
        visible=visible,
        text=lambda candidate: f"{candidate.name} {candidate.organisation_name}",
    )
)

belonging(
    Belonging(
        name="candidates.invitations",
        label=_("invitations, answers and requests to join"),
        export=queries.own_rows,
        leave=lambda person: actions.leave_all(
            by=person, addresses=[person.email or "", *(row.email for row in people.addresses(person))]
        ),
        stays=_("That your organisation was invited, and what it answered, stays without your name."),
    )
)
