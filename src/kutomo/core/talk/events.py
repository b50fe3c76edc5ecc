from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness, Part

THREAD_STARTED = Kind(
    "talk.started",
    _("%(actor)s started the conversation “%(title)s”."),
    loudness=Loudness.DIGEST,
    part=Part.DISCUSSION,
)
POST_WRITTEN = Kind(
    "talk.written",
    _("%(actor)s wrote in the conversation “%(title)s”."),
    loudness=Loudness.DIGEST,
    part=Part.DISCUSSION,
)
POST_EDITED = Kind("talk.edited", _("%(actor)s edited a post in the conversation “%(title)s”."))
POST_REMOVED = Kind("talk.removed", _("%(actor)s removed a post of their own from the conversation “%(title)s”."))
POST_HIDDEN = Kind(
    "talk.hidden", _("%(actor)s hid a post in the conversation “%(title)s”."), power=True, audience=Audience.MEMBERS
)
