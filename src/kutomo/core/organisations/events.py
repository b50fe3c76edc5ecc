from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind

ORGANISATION_MET = Kind("organisations.met", _("%(actor)s added the organisation %(title)s."), audience=Audience.PUBLIC)
ORGANISATION_CHANGED = Kind(
    "organisations.changed", _("%(actor)s changed the facts of %(title)s."), audience=Audience.PUBLIC
)
CONTACT_ADDED = Kind(
    "organisations.contact_added", _("%(actor)s added a contact point to %(title)s."), audience=Audience.PUBLIC
)
CONTACT_REMOVED = Kind(
    "organisations.contact_removed",
    _("%(actor)s removed a contact point of %(title)s."),
    audience=Audience.PUBLIC,
)
