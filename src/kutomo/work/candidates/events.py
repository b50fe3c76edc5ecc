from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

ADDED = Kind("candidates.added", _("%(actor)s put %(title)s on the list of candidates."))
SUGGESTED = Kind("candidates.suggested", _("Somebody who was invited named %(title)s as a potential member."))
CHANGED = Kind("candidates.changed", _("%(actor)s corrected the facts of the candidate %(title)s."))
REMOVED = Kind("candidates.removed", _("%(actor)s took %(title)s off the list of candidates."), power=True)
IMPORTED = Kind("candidates.imported", _("%(actor)s imported candidates from %(title)s (%(count)s in all)."))
UNDONE = Kind("candidates.undone", _("%(actor)s took the import %(title)s back (%(count)s candidates)."))
INVITER_PROPOSED = Kind(
    "candidates.inviter_proposed",
    _("%(actor)s asked %(name)s to invite %(title)s."),
    loudness=Loudness.NOW,
)
INVITER_AGREED = Kind("candidates.inviter_agreed", _("%(actor)s agreed to invite %(title)s."))
INVITER_PASSED = Kind("candidates.inviter_passed", _("%(actor)s left the inviting of %(title)s to others."))
INVITED = Kind("candidates.invited", _("%(actor)s invited %(title)s."), loudness=Loudness.DIGEST)
REMINDED = Kind("candidates.reminded", _("%(title)s was reminded of the invitation."))
ASKED_AGAIN = Kind("candidates.asked_again", _("%(title)s asked for a new invitation."), audience=Audience.LEADERS)
SAID_YES = Kind("candidates.said_yes", _("%(title)s said yes to the invitation."), loudness=Loudness.DIGEST)
SAID_LATER = Kind("candidates.said_later", _("%(title)s asked to be invited later."))
SAID_NO = Kind("candidates.said_no", _("%(title)s said no to the invitation."))
NAMED_ANOTHER = Kind("candidates.named_another", _("%(title)s named somebody else to invite."))
NOT_ME = Kind(
    "candidates.not_me",
    _("The invitation of %(title)s reached somebody else. Check the address."),
    audience=Audience.LEADERS,
)
SEATED = Kind("candidates.seated", _("%(title)s answered the three questions and joined."))
ANSWER_ENTERED = Kind(
    "candidates.answer_entered", _("%(actor)s entered the answer of %(title)s, given by phone or on paper.")
)
JOIN_OPENED = Kind("candidates.join_opened", _("%(actor)s opened the public join link."), power=True)
JOIN_CLOSED = Kind("candidates.join_closed", _("%(actor)s closed the public join link."), power=True)
JOIN_ASKED = Kind(
    "candidates.join_asked",
    _("%(title)s asked to join through the public link."),
    audience=Audience.LEADERS,
    loudness=Loudness.NOW,
)
JOIN_ACCEPTED = Kind(
    "candidates.join_accepted", _("%(actor)s accepted %(title)s, who asked to join."), loudness=Loudness.DIGEST
)
# The one who was declined is not named to others.
JOIN_DECLINED = Kind("candidates.join_declined", _("%(actor)s declined a request to join."), power=True)
