from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness, Motif, Part

# Ground rules
DRAFT_BEGUN = Kind("commitments.draft_begun", _("%(actor)s began a new version of the ground rules."))
CARD_ADDED = Kind("commitments.card_added", _("A ground rule was put into the deck: %(title)s"))
CARD_CHOSEN = Kind("commitments.card_chosen", _("%(name)s chose the ground rule: %(title)s"))
CARD_UNCHOSEN = Kind("commitments.card_unchosen", _("%(name)s no longer chooses the ground rule: %(title)s"))
RULES_COMPOSED = Kind("commitments.rules_composed", _("%(actor)s wrote the proposal for the ground rules."))
RULES_PROPOSED = Kind(
    "commitments.rules_proposed", _("%(actor)s brought the ground rules to be agreed."), loudness=Loudness.NOW
)
RULES_REWORKED = Kind(
    "commitments.rules_reworked",
    _("The ground rules were not agreed yet, and the text is being written again."),
    loudness=Loudness.DIGEST,
)
RULES_AGREED = Kind(
    "commitments.rules_agreed",
    _("The ground rules were agreed, version %(title)s."),
    loudness=Loudness.NOW,
    motif=Motif.AGREEMENT,
)
RULES_DROPPED = Kind("commitments.rules_dropped", _("%(actor)s laid the change of the ground rules aside."))
# Who has accepted is between the person and the network's figures; a name would show who has not.
RULES_ACCEPTED = Kind(
    "commitments.rules_accepted", _("You accepted the ground rules, version %(title)s."), audience=Audience.OWN
)

# Commitment cards
ROUND_HELD = Kind(
    "commitments.acquaintance_round", _("An acquaintance round has been held. The commitment cards are open.")
)
CARDS_UNLOCKED = Kind(
    "commitments.unlocked",
    _("%(actor)s opened the commitment cards before an acquaintance round."),
    loudness=Loudness.DIGEST,
    power=True,
)
CARD_WRITTEN = Kind("commitments.card_written", _("%(name)s wrote a commitment card."), loudness=Loudness.DIGEST)
CARD_CONFIRMED = Kind(
    "commitments.card_confirmed",
    _("%(title)s confirmed its commitment card."),
    loudness=Loudness.DIGEST,
    part=Part.DEED,
)
CARD_DECLINED = Kind("commitments.card_declined", _("A commitment card was not confirmed."), audience=Audience.OWN)
CARD_CHECKED = Kind("commitments.card_checked", _("You checked what was written for you."), audience=Audience.OWN)
CARD_PAUSED = Kind("commitments.card_paused", _("%(name)s put a commitment card on pause."))
CARD_RESUMED = Kind("commitments.card_resumed", _("%(name)s took up a commitment card again."))
CARD_RENEWED = Kind("commitments.card_renewed", _("%(name)s renewed a commitment card."), loudness=Loudness.DIGEST)
CARD_ENDED = Kind("commitments.card_ended", _("A commitment card of %(name)s ended. We say thanks."))
CARD_REMINDED = Kind(
    "commitments.card_reminded",
    _("Your commitment card ends soon. Renew it, adjust it or let it end."),
    audience=Audience.OWN,
)
