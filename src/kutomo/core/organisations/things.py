from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .queries import visible_to

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
