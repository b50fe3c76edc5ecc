from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import THING, let_go
from .models import Introduction
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind=THING,
        model="introductions.Introduction",
        label=_("introduction"),
        icon="handshake",
        url=Introduction.get_absolute_url,
        title=lambda row: f"{row.a.name} – {row.b.name}",
        visible=visible_to,
    )
)

belonging(
    Belonging(
        name="introductions.own",
        label=_("introductions"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("That two organisations were introduced stays, without your name and your words."),
    )
)
