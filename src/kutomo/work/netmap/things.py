from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging

from .actions import forget
from .queries import own_rows

belonging(
    Belonging(
        name="netmap.links",
        label=_("public links to the map"),
        export=own_rows,
        leave=lambda person: forget(by=person),
        stays=_("The public links to the map that you made are closed."),
    )
)
