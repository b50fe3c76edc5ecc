from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Audience, Kind, Loudness

PROPOSED = Kind("promises.proposed", _("A promise was proposed: %(title)s"), loudness=Loudness.NOW)
GIVEN = Kind("promises.given", _("%(name)s promised: %(title)s"), loudness=Loudness.DIGEST)
# Who says no is nobody's business but the two.
DECLINED = Kind("promises.declined", _("A proposed promise was declined: %(title)s"))
DONE = Kind("promises.done", _("%(name)s says that this is done: %(title)s"), loudness=Loudness.NOW)
CONFIRMED = Kind("promises.confirmed", _("Done, and the receiver confirms it: %(title)s"), loudness=Loudness.DIGEST)
MISSED = Kind("promises.missed", _("The receiver still waits for this: %(title)s"))
MOVED = Kind("promises.moved", _("%(name)s moved a promise to a new day: %(title)s"))
RELEASED = Kind("promises.released", _("A promise was released: %(title)s"))
HANDED_OVER = Kind("promises.handed_over", _("A promise found a new doer: %(title)s"), loudness=Loudness.DIGEST)
CHECKED = Kind("promises.checked", _("You checked what was written for you: %(title)s"), audience=Audience.OWN)
