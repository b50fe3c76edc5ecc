"""What this room keeps about a person, for the own export and for leaving."""

from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging

from .actions import let_go
from .queries import own_rows

belonging(
    Belonging(
        name="founding.own",
        label=_("what I said about the founding"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_(
            "Your answers to the five questions stay without your name, and so do sentences that you wrote for "
            "the common text."
        ),
    )
)
