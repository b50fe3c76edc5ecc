from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Kind, Loudness

CONVENED = Kind("meetings.convened", _("%(actor)s called the meeting %(title)s."), loudness=Loudness.DIGEST)
CHANGED = Kind("meetings.changed", _("%(actor)s changed the facts of the meeting %(title)s."))
AGENDA_CHANGED = Kind("meetings.agenda_changed", _("%(actor)s changed the agenda of %(title)s."))
OPENED = Kind("meetings.opened", _("%(actor)s opened the meeting %(title)s."))
CLOSED = Kind("meetings.closed", _("The meeting %(title)s was held."), loudness=Loudness.DIGEST)
CANCELLED = Kind("meetings.cancelled", _("%(actor)s cancelled the meeting %(title)s."), loudness=Loudness.NOW)
NOTES_CHANGED = Kind("meetings.notes_changed", _("%(actor)s wrote the notes of %(title)s."))
NOTES_SENT = Kind(
    "meetings.notes_sent", _("%(actor)s sent the notes of %(title)s to everybody."), loudness=Loudness.NOW
)
PAPER_JOINED = Kind("meetings.paper_joined", _("%(actor)s writes for somebody without a phone in %(title)s."))
ACQUAINTED = Kind("meetings.acquainted", _("An acquaintance round was held in %(title)s."), loudness=Loudness.DIGEST)
