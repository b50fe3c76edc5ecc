from django.utils.translation import gettext_lazy as _

from kutomo.core.people import queries as people
from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register

from .actions import let_go
from .models import CommitmentCard, RuleSet
from .queries import own_rows, visible_cards, visible_rule_sets

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
        reads=("lines",),
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

belonging(
    Belonging(
        name="commitments.own",
        label=_("commitment cards and ground rules"),
        export=own_rows,
        leave=lambda person: let_go(
            by=person, addresses=[person.email or "", *(row.email for row in people.addresses(person))]
        ),
        stays=_(
            "Your commitment cards end. What you brought for your organisation stays there without your name, "
            "and so do ground rules that you worded."
        ),
    )
)
