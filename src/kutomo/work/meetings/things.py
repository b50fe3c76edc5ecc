from django.utils.translation import gettext_lazy as _

from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind="meetings.meeting",
        model="meetings.Meeting",
        label=_("meeting"),
        icon="calendar-days",
        url=lambda meeting: meeting.get_absolute_url(),
        title=lambda meeting: meeting.title,
        visible=visible_to,
        text=lambda meeting: f"{meeting.title} {meeting.place} {meeting.notes}",
    )
)

belonging(
    Belonging(
        name="meetings.own",
        label=_("meetings"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_(
            "Meetings keep that somebody was there, without your name. "
            "Notes that somebody wrote stay as they were written."
        ),
    )
)
