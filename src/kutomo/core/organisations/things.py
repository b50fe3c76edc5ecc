from django.utils.translation import gettext_lazy as _

from kutomo.core.people import queries as people
from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import part_all
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind="organisations.organisation",
        model="organisations.Organisation",
        label=_("organisation"),
        icon="users",
        url=lambda organisation: organisation.get_absolute_url(),
        title=lambda organisation: organisation.name,
        visible=visible_to,
        text=lambda organisation: f"{organisation.name} {organisation.business_id} {organisation.themes}",
    )
)

belonging(
    Belonging(
        name="organisations.affiliations",
        label=_("organisations I belong to"),
        export=own_rows,
        leave=lambda person: part_all(
            by=person, addresses=[person.email or "", *(row.email for row in people.addresses(person))]
        ),
        stays=_("The pages of your organisations stay. Contact points with your address are removed."),
    )
)
