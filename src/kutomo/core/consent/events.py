from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

ROUND_OPENED = Kind(
    "consent.opened", _("%(actor)s asked whether this is good enough: %(title)s"), loudness=Loudness.NOW
)
# Until the silence is over nobody may see even from the log who has said what, or that somebody has spoken.
VOICE_GIVEN = Kind("consent.voice_given", _("You took a stance on %(title)s"), audience=Audience.OWN)
OBJECTION_RESTED = Kind(
    "consent.objection_rested",
    _("%(name)s says that the objection to %(title)s has been answered."),
    loudness=Loudness.DIGEST,
)
VOICE_CHECKED = Kind(
    "consent.voice_checked", _("You checked what was written for you about %(title)s"), audience=Audience.OWN
)
ROUND_PROLONGED = Kind(
    "consent.prolonged", _("%(actor)s gave more time to answer: %(title)s"), loudness=Loudness.DIGEST
)
ROUND_REOPENED = Kind(
    "consent.reopened",
    _("%(actor)s brought a new text that answers the objections: %(title)s"),
    loudness=Loudness.NOW,
)
ROUND_ADOPTED = Kind("consent.adopted", _("Agreed: %(title)s"), loudness=Loudness.NOW)
ROUND_NOT_ADOPTED = Kind("consent.not_adopted", _("Not agreed yet: %(title)s"), loudness=Loudness.DIGEST)
