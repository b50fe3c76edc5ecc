"""The letters of this room. Each is sent by the deed that needs it, in the same transaction."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network, Seat
from kutomo.core.organisations.models import Organisation
from kutomo.core.people import queries as people
from kutomo.core.people.models import Person
from kutomo.ground.clock import today

from ..models import CommitmentCard, RuleSet

CONFIRM = "commitments.confirm"  # what the token in the letter is for; its target is "card:version"
AGREED = "commitments/letters/rules_agreed.md"
CONFIRM_CARD = "commitments/letters/confirm_card.md"
WRITTEN = "commitments/letters/written_for_you.md"
DECLINED = "commitments/letters/card_declined.md"
ENDS = "commitments/letters/card_ends.md"


def rules_agreed(rule_set: RuleSet, person: Person) -> None:
    """Tell a member that there are new rules to read and accept; within the nudge budget."""
    letters.send(
        letter=AGREED,
        to=letters.Addressee.of(person),
        network=rule_set.network,
        context={"rule_set": rule_set},
        key=f"commitments.rules_agreed:{rule_set.pk}:{person.pk}",
        nudge=True,
    )


def target_of(card: CommitmentCard) -> str:
    """What a confirmation link is bound to: this card as it reads now."""
    return f"{card.pk}:{card.version}"


def confirm_card(card: CommitmentCard, confirmer: Person) -> None:
    """Ask the organisation's confirmer, who need not have an account here."""
    token = people.token_for(confirmer, purpose=CONFIRM, target=target_of(card), days=60)
    letters.send(
        letter=CONFIRM_CARD,
        to=letters.Addressee.of(confirmer),
        network=card.network,
        context={"card": card, "token": token},
        key=f"commitments.confirm_card:{card.pk}:{card.version}:{confirmer.pk}:{today().isoformat()}",
    )


def written_for_you(card: CommitmentCard) -> None:
    """Tell a person that a recorder has written a card on their behalf."""
    letters.send(
        letter=WRITTEN,
        to=letters.Addressee.of(card.person),
        network=card.network,
        context={"card": card},
        key=f"commitments.written_for_you:{card.pk}:{card.version}",
    )


def card_declined(card: CommitmentCard) -> None:
    """Tell the writer that the organisation does not confirm the card."""
    letters.send(
        letter=DECLINED,
        to=letters.Addressee.of(card.person),
        network=card.network,
        context={"card": card},
        key=f"commitments.card_declined:{card.pk}",
    )


def card_ends(card: CommitmentCard) -> None:
    """Ask the holder: renew, adjust or let end? Within the nudge budget."""
    letters.send(
        letter=ENDS,
        to=letters.Addressee.of(card.person),
        network=card.network,
        context={"card": card},
        key=f"commitments.card_ends:{card.pk}:{card.expires_on}",
        nudge=True,
    )


def _example_card() -> dict[str, Any]:
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    writer = Person(name="Eila Kontiovaara", language="fi")
    seat = Seat(network=network, organisation=Organisation(name="Vaaranseudun Naapuriapu ry"))
    card = CommitmentCard(
        pk=1, network=network, seat=seat, person=writer, recorded_by=writer, behalf="organisation",
        brings="Puhelinpäivystys tiistaisin", seeks="Kuljettajia", hours="2-4", expires_on=today() + timedelta(30),
        confirmer_name="Veikko Rimpisuo",
    )  # fmt: skip
    return {"card": card, "network": network, "token": "example"}


def _example_rules() -> dict[str, Any]:
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    return {
        "network": network,
        "rule_set": RuleSet(pk=1, network=network, number=1, in_force_on=today(), review_on=today()),
    }


preview(AGREED, _example_rules, title=_("Ground rules have been agreed"))
preview(CONFIRM_CARD, _example_card, title=_("A commitment card to confirm"))
preview(WRITTEN, _example_card, title=_("A card was written for you"))
preview(DECLINED, _example_card, title=_("A card was not confirmed"))
preview(ENDS, _example_card, title=_("Your commitment card ends soon"))
