from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

# Mutual knowledge after rounds of pairs. What one side says is between it and the two together.
KNOWLEDGE_TICKED = Kind(
    "relations.knowledge_ticked", _("You said that you now know what %(title)s does."), audience=Audience.OWN
)
KNOWLEDGE_UNTICKED = Kind(
    "relations.knowledge_unticked", _("You took back that you know what %(title)s does."), audience=Audience.OWN
)
PAIRS_MET = Kind("relations.pairs_met", _("Pairs that talked with each other for the first time: %(n)s."))

WAVE_PLANNED = Kind("relations.wave_planned", _("%(actor)s planned relationship survey %(number)s."))
WAVE_CHANGED = Kind(
    "relations.wave_changed", _("%(actor)s changed the days or settings of relationship survey %(number)s.")
)
WAVE_DROPPED = Kind("relations.wave_dropped", _("%(actor)s took back the plan for relationship survey %(number)s."))
WAVE_OPENED = Kind(
    "relations.wave_opened", _("Relationship survey %(number)s is open for answers."), loudness=Loudness.NOW
)
WAVE_CLOSED = Kind(
    "relations.wave_closed",
    _("Relationship survey %(number)s has closed. Everybody sees the same report at the same time."),
    loudness=Loudness.NOW,
)
# Whose form it was is nobody's business, and what a person answers is never logged.
PAPER_ENTERED = Kind("relations.paper_entered", _("%(actor)s entered a paper form in relationship survey %(number)s."))
RAW_ERASED = Kind("relations.raw_erased", _("The raw answers of relationship survey %(number)s were deleted."))
MAP_JOINED = Kind("relations.map_joined", _("You agreed to be on the network's map."), audience=Audience.OWN)
MAP_LEFT = Kind("relations.map_left", _("You left the network's map."), audience=Audience.OWN)
WITHDRAWN = Kind(
    "relations.withdrawn", _("You withdrew your answers from relationship survey %(number)s."), audience=Audience.OWN
)
REPORT_READY = Kind("relations.report_ready", _("The report of relationship survey %(number)s is ready for everybody."))
REPORT_REFRESHED = Kind("relations.report_refreshed", _("The report of relationship survey %(number)s was made anew."))
