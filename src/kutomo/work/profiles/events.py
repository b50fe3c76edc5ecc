from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.kinds import Kind, Loudness

PROFILE_OPENED = Kind(
    "profiles.opened", _("%(actor)s asked which form your collaboration has."), loudness=Loudness.DIGEST
)
PROFILE_CLOSED = Kind("profiles.closed", _("The form profile is ready for all at once."), loudness=Loudness.DIGEST)
VIEW_SHARED = Kind("profiles.view_shared", _("%(actor)s showed an own view of the form as one person's view."))
