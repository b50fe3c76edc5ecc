from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Idea
from .queries import THING, own_rows, visible_to

register(
    ThingKind(
        kind=THING,
        model="ideas.Idea",
        label=_("idea"),
        icon="lightbulb",
        url=Idea.get_absolute_url,
        title=lambda idea: idea.title,
        visible=visible_to,
        text=lambda idea: f"{idea.title} {idea.text}",
    )
)

belonging(
    Belonging(
        name="ideas.own",
        label=_("ideas and what you gave to others' ideas"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Ideas and answers stay without your name. What was shared anonymously was never tied to you."),
    )
)
