from django.utils.translation import gettext_lazy as _

from kutomo.core.things.register import ThingKind, register

from .models import CommitmentCard, RuleSet
from .queries import visible_cards, visible_rule_sets

register(
    ThingKind(
        kind="commitments.ruleset",
        model="commitments.RuleSet",
        label=_("ground rules"),
        icon="scale",
        url=RuleSet.get_absolute_url,
        title=str,
        visible=visible_rule_sets,
        text=lambda rule_set: " ".join(row.text for row in rule_set.lines.all()),
    )
)
register(
    ThingKind(
        kind="commitments.card",
        model="commitments.CommitmentCard",
        label=_("commitment card"),
        icon="handshake",
        url=CommitmentCard.get_absolute_url,
        title=lambda card: card.name,
        visible=visible_cards,
        text=lambda card: f"{card.brings} {card.seeks}",
    )
)
