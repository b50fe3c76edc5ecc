from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Kind, Loudness, Part

# An anonymous idea leaves no line: a line would tell when it was written, and so by whom (A9).
PLANTED = Kind(
    "ideas.planted", _("%(actor)s shared an unfinished idea: %(title)s"), loudness=Loudness.DIGEST, part=Part.DISCUSSION
)
GREW = Kind("ideas.grew", _("An idea has grown, it is now %(state)s: %(title)s"), loudness=Loudness.DIGEST)
REPLIED = Kind("ideas.replied", _("%(actor)s helped an idea to grow: %(title)s"), part=Part.DISCUSSION)
RESTED = Kind("ideas.rested", _("An idea went to rest: %(title)s"))
WOKEN = Kind("ideas.woken", _("%(actor)s woke an idea: %(title)s"), loudness=Loudness.DIGEST)
HARM_TOLD = Kind("ideas.harm_told", _("%(actor)s asks a second person whether an idea does harm."), power=True)
HIDDEN = Kind("ideas.hidden", _("Two people took an idea off the shelf because it does harm."), power=True)
KEPT = Kind("ideas.kept", _("A second person found no harm; the idea stays: %(title)s"))
