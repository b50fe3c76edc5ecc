"""What is forgotten by itself."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from kutomo.ground import clock
from kutomo.ground.jobs import job

from .models import Code, Tally


@job(retries=2)
def tidy() -> None:
    """Old codes and counts, sessions that have ended, and the rows that listed them."""
    now = clock.now()
    Code.objects.filter(expires_at__lt=now - dt.timedelta(hours=1)).delete()
    Tally.objects.filter(since__lt=now - dt.timedelta(hours=1)).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
