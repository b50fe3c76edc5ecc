"""What the leader of the example network owns: a second address, a passkey, an open session."""

from importlib import import_module

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings


def prepare(world) -> None:
    leader = world.people["leader"]
    address = EmailAddress.objects.create(user=leader, email="toinen-osoite@example.org", verified=True)
    # Of another type, since a made-up credential would break the making of a second passkey.
    passkey = Authenticator.objects.create(user=leader, type="recovery_codes", data={})
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store.create()
    session = UserSession.objects.create(user=leader, session_key=store.session_key, ip="127.0.0.1", user_agent="x")
    world.notes |= {
        "people:address_primary": address.pk,
        "people:address_remove": address.pk,
        "people:passkey_remove": passkey.pk,
        "people:session_end": session.pk,
    }


def sample(name: str, world) -> dict:
    return {"pk": world.notes[f"people:{name}"]}
