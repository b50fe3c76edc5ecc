from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .models import Round
from .queries import visible_to

register(
    ThingKind(
        kind="consent.round",
        model="consent.Round",
        label=_("consent round"),
        icon="scale",
        url=Round.get_absolute_url,
        title=lambda round: round.title,
        visible=visible_to,
        text=lambda round: f"{round.title} {round.text}",
    )
)
