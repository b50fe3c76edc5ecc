"""What this room keeps about a person: wishes about letters. They stand under the person's key, without a row."""

from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging

from .actions import let_go
from .queries import own_rows

belonging(
    Belonging(
        name="letters.wishes",
        label=_("wishes about letters"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
    )
)
