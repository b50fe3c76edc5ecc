from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

NETWORK_STARTED = Kind("networks.started", _("%(actor)s started the network %(title)s."))
NETWORK_CHANGED = Kind("networks.changed", _("%(actor)s changed the network's basic facts."), power=True)
SEAT_GIVEN = Kind("networks.seat_given", _("%(title)s took a seat in the network."), loudness=Loudness.DIGEST)
SITTING_BEGAN = Kind("networks.sitting_began", _("%(name)s now sits for %(title)s."), loudness=Loudness.DIGEST)
SITTING_ENDED = Kind("networks.sitting_ended", _("%(name)s no longer sits for %(title)s."))
MANDATE_CHANGED = Kind("networks.mandate_changed", _("%(actor)s changed the mandate of %(name)s."))
CONTACT_CHANGED = Kind("networks.contact_changed", _("%(actor)s changed how %(title)s is reached."))
SEAT_LEFT = Kind("networks.seat_left", _("%(title)s left its seat. We say thanks."), loudness=Loudness.DIGEST)
ROLE_OFFERED = Kind(
    "networks.role_offered", _("%(actor)s offered a role to %(name)s."), power=True, loudness=Loudness.NOW
)
ROLE_ACCEPTED = Kind("networks.role_accepted", _("%(actor)s accepted a role."), loudness=Loudness.DIGEST)
ROLE_DECLINED = Kind("networks.role_declined", _("%(actor)s declined a role."), audience=Audience.LEADERS)
ROLE_ENDED = Kind("networks.role_ended", _("A role of %(name)s ended."))
