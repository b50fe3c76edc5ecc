"""What this room keeps about a person, for the own export and for leaving."""

from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging

from .actions import let_go
from .queries import own_rows

belonging(
    Belonging(
        name="profiles.own",
        label=_("my view of the network's form"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("What you answered about the network's form stays: nobody can tell that it is yours."),
    )
)
