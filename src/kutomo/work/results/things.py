from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import Goal
from .queries import THING, own_rows, visible_to

register(
    ThingKind(
        kind=THING,
        model="results.Goal",
        label=_("goal"),
        icon="sprout",
        url=Goal.get_absolute_url,
        title=lambda goal: goal.title,
        visible=visible_to,
        text=lambda goal: f"{goal.title} {goal.enough} {goal.benefit}",
    )
)

belonging(
    Belonging(
        name="results.own",
        label=_("goals and evidence"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_("Goals and evidence stay without your name; a goal that you own needs somebody else."),
    )
)
