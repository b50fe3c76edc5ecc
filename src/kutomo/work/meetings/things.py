from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .queries import visible_to

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
