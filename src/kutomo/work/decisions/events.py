from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness, Part

PROPOSED = Kind("decisions.proposed", _("%(actor)s began a proposal: %(title)s"), part=Part.DISCUSSION)
CHANGED = Kind("decisions.changed", _("%(actor)s changed the proposal: %(title)s"))
DROPPED = Kind("decisions.dropped", _("%(actor)s took the proposal back: %(title)s"), loudness=Loudness.DIGEST)
OPENED = Kind("decisions.opened", _("%(actor)s asks all to decide: %(title)s"), loudness=Loudness.NOW)
# While a question is open the log tells nobody that somebody has answered, let alone what (A9).
STANCE_TAKEN = Kind("decisions.stance_taken", _("You said what you think of: %(title)s"), audience=Audience.OWN)
STANCE_CHECKED = Kind(
    "decisions.stance_checked", _("You checked what was written for you about: %(title)s"), audience=Audience.OWN
)
ADVISED = Kind("decisions.advised", _("%(name)s gave advice on: %(title)s"), part=Part.HELP)
DECIDER_ACCEPTED = Kind("decisions.decider_accepted", _("%(name)s agreed to decide after asking for advice: %(title)s"))
DECIDER_DECLINED = Kind("decisions.decider_declined", _("Somebody else is needed to decide: %(title)s"))
INTEREST_DECLARED = Kind("decisions.interest_declared", _("%(name)s declared an interest in: %(title)s"))
CLOSED = Kind("decisions.closed", _("All have been asked: %(title)s"), loudness=Loudness.DIGEST)
OUTCOME_WRITTEN = Kind("decisions.outcome_written", _("%(actor)s wrote what was decided: %(title)s"))
PUBLISHED = Kind(
    "decisions.published",
    _("A decision was published with its reasons: %(title)s"),
    loudness=Loudness.DIGEST,
)
REOPENED = Kind("decisions.reopened", _("%(actor)s asks again: %(title)s"), loudness=Loudness.NOW)
CAME_BACK = Kind("decisions.came_back", _("It is time to look again at: %(title)s"), loudness=Loudness.DIGEST)
REVIEWED = Kind("decisions.reviewed", _("%(actor)s looked again at: %(title)s"), loudness=Loudness.DIGEST)
ENDED = Kind("decisions.ended", _("A decision is no longer in force: %(title)s"), loudness=Loudness.DIGEST)
