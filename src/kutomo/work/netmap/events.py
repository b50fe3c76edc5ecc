from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Kind, Loudness

LINK_MADE = Kind(
    "netmap.link_made",
    _("%(actor)s made a public link to the map, open until %(day)s."),
    loudness=Loudness.DIGEST,
    power=True,
)
LINK_CLOSED = Kind("netmap.link_closed", _("%(actor)s closed a public link to the map: %(title)s"))
