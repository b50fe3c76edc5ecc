from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

# What somebody wishes or answers is said to that person only; the network hears of introductions that came about.
WISHED = Kind("introductions.wished", _("You asked to be introduced to %(title)s."), audience=Audience.OWN)
WISH_TAKEN_BACK = Kind(
    "introductions.wish_taken_back", _("You took back your wish to be introduced."), audience=Audience.OWN
)
WISH_LAID_ASIDE = Kind(
    "introductions.wish_laid_aside", _("You laid aside a wish to be introduced."), audience=Audience.OWN
)
DRAFTED = Kind("introductions.drafted", _("You wrote the letters of an introduction."), audience=Audience.OWN)
TAKEN_BACK = Kind(
    "introductions.taken_back",
    _("You took the letters of an introduction back before they left."),
    audience=Audience.OWN,
)
DROPPED = Kind("introductions.dropped", _("You laid aside an introduction."), audience=Audience.OWN)
SENT = Kind(
    "introductions.sent", _("You asked two members whether they would like to know each other."), audience=Audience.OWN
)
LEFT = Kind("introductions.left", _("The letters of an introduction left."), audience=Audience.OWN)
ACCEPTED = Kind("introductions.accepted", _("You said yes to an introduction."), audience=Audience.OWN)
PUT_OFF = Kind("introductions.put_off", _("You said not now to an introduction."), audience=Audience.OWN)
REFUSED = Kind("introductions.refused", _("You said never to an introduction."), audience=Audience.OWN)
MADE = Kind(
    "introductions.made",
    _("%(one)s and %(other)s were introduced to each other. Both wished it."),
    loudness=Loudness.DIGEST,
)
LAPSED = Kind("introductions.lapsed", _("An introduction did not come about this time."), audience=Audience.OWN)
ASKED_AFTER = Kind(
    "introductions.asked_after", _("You were asked what came of an introduction."), audience=Audience.OWN
)
TOLD = Kind("introductions.told", _("You told what came of an introduction."), audience=Audience.OWN)
LAID_ASIDE = Kind("introductions.suggestion_laid_aside", _("You laid a suggestion aside."), audience=Audience.OWN)
BROUGHT_BACK = Kind("introductions.suggestion_brought_back", _("You brought a suggestion back."), audience=Audience.OWN)
