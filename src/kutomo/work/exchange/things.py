from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Listing
from .queries import THING, own_rows, visible_to

register(
    ThingKind(
        kind=THING,
        model="exchange.Listing",
        label=_("need or offer"),
        icon="hand-heart",
        url=Listing.get_absolute_url,
        title=lambda listing: listing.title,
        visible=visible_to,
        text=lambda listing: f"{listing.title} {listing.text}",
    )
)

belonging(
    Belonging(
        name="exchange.own",
        label=_("needs, offers and help"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_(
            "What your organisation asked and offered stays the organisation's. Your own needs and offers are taken "
            "back; help that has come stays counted without your name."
        ),
    )
)
