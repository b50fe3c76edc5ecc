from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Round
from .queries import own_rows, visible_to

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

belonging(
    Belonging(
        name="consent.voices",
        label=_("stances in consent rounds"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Stances in closed rounds stay without your name. One that is only yours leaves an open round."),
    )
)
