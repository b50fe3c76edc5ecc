from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions.places import let_go
from .models import Wave
from .queries.export import own_rows
from .queries.waves import visible_to, wave_title

register(
    ThingKind(
        kind="relations.wave",
        model="relations.Wave",
        label=_("relationship survey"),
        icon="arrow-left-right",
        url=Wave.get_absolute_url,
        title=wave_title,
        visible=visible_to,
        text=lambda wave: wave.purpose,
    )
)

belonging(
    Belonging(
        name="relations.answers",
        label=_("answers in relationship surveys"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Your answers are deleted and the reports are made anew without them."),
    )
)
