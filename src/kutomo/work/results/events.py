from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Kind, Loudness, Motif, Part

WRITTEN = Kind("results.written", _("%(actor)s wrote a goal: %(title)s"), loudness=Loudness.DIGEST, part=Part.DEED)
OWNED = Kind("results.owned", _("%(name)s said yes to owning a goal: %(title)s"), part=Part.DEED)
NOT_OWNED = Kind("results.not_owned", _("A goal still looks for its second owner: %(title)s"))
CHECKED = Kind("results.checked", _("%(actor)s looked at a goal at half-time: %(title)s"), loudness=Loudness.DIGEST)
EVIDENCE_GIVEN = Kind("results.evidence_given", _("%(actor)s told what shows it: %(title)s"), part=Part.DEED)
EVIDENCE_CONFIRMED = Kind("results.evidence_confirmed", _("%(actor)s turned the second key: %(title)s"), part=Part.DEED)
ASKED = Kind("results.asked", _("%(actor)s asks whether it is enough: %(title)s"), loudness=Loudness.NOW)
ENOUGH = Kind("results.enough", _("It is enough: %(title)s"), loudness=Loudness.DIGEST, motif=Motif.GOAL)
NOT_YET = Kind("results.not_yet", _("It is not enough yet: %(title)s"), loudness=Loudness.DIGEST)
CHOSEN = Kind("results.chosen", _("%(actor)s chose what follows (%(choice)s): %(title)s"), loudness=Loudness.DIGEST)
DROPPED = Kind("results.dropped", _("%(actor)s took a goal back: %(title)s"))
