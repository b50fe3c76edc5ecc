from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging

from .actions import let_go
from .queries import aside_rows

belonging(
    Belonging(
        name="notices.asides",
        label=_("what you have put aside in the inbox"),
        export=aside_rows,
        leave=lambda person: let_go(by=person),
    )
)
