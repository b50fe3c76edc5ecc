from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness, Part

ASKED = Kind("exchange.asked", _("%(actor)s asks for help: %(title)s"), loudness=Loudness.DIGEST, part=Part.HELP)
OFFERED = Kind("exchange.offered", _("%(actor)s offers help: %(title)s"), loudness=Loudness.DIGEST, part=Part.HELP)
CHANGED = Kind("exchange.changed", _("%(actor)s changed what is asked or offered: %(title)s"))
MOVED = Kind("exchange.moved", _("%(actor)s marked it as %(state)s: %(title)s"))
LAPSED = Kind("exchange.lapsed", _("Its day has passed without an answer: %(title)s"))
HIDDEN = Kind("exchange.hidden", _("%(actor)s took it off the help board: %(title)s"), power=True)
# What two sides agree on is theirs: the log tells each only of the own deeds until the help has come.
ANSWERED = Kind("exchange.answered", _("You answered: %(title)s"), audience=Audience.OWN)
STEPPED = Kind("exchange.stepped", _("You wrote about the help that is agreed on: %(title)s"), audience=Audience.OWN)
HELPED = Kind("exchange.helped", _("Help has come: %(title)s"), loudness=Loudness.DIGEST, part=Part.HELP)
UNDONE = Kind("exchange.undone", _("A help was counted too early and is open again: %(title)s"))
AREA_SETTLED = Kind("exchange.area_settled", _("%(actor)s settled an area of help: %(title)s"))
