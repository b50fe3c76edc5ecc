from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind

# Mutual knowledge after rounds of pairs. What one side says is between it and the two together.
KNOWLEDGE_TICKED = Kind(
    "relations.knowledge_ticked", _("You said that you now know what %(title)s does."), audience=Audience.OWN
)
KNOWLEDGE_UNTICKED = Kind(
    "relations.knowledge_unticked", _("You took back that you know what %(title)s does."), audience=Audience.OWN
)
PAIRS_MET = Kind("relations.pairs_met", _("Pairs that talked with each other for the first time: %(n)s."))
