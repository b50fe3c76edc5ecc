from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Decision
from .queries import THING, own_rows, visible_to

register(
    ThingKind(
        kind=THING,
        model="decisions.Decision",
        label=_("decision"),
        icon="scale",
        url=Decision.get_absolute_url,
        title=lambda decision: decision.title,
        visible=visible_to,
        text=lambda decision: " ".join([decision.title, decision.proposal, decision.outcome, decision.why]),
    )
)

belonging(
    Belonging(
        name="decisions.own",
        label=_("proposals, stances and advice"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_(
            "Decisions stay without your name. A stance that is only yours leaves an open question; what was "
            "answered anonymously cannot be told from the rest."
        ),
    )
)
