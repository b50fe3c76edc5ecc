"""The organisation's own sign-on (OpenID Connect). allauth speaks the protocol; whose account it opens is ours."""

from __future__ import annotations

from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext as _
from requests import RequestException

from kutomo.ground.errors import NotFound, Refusal

from . import actions, queries


class _Protocol(OpenIDConnectOAuth2Adapter):
    """allauth's client at our own address."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return settings.BASE_URL + reverse("people:sign_on_back", args=[self.provider_id])


class SignOn(DefaultSocialAccountAdapter):
    """Takes over as soon as the sign-on has said who it is."""

    def get_provider(self, *args: Any, **kwargs: Any) -> Any:
        provider = super().get_provider(*args, **kwargs)
        provider.oauth2_adapter_class = _Protocol
        return provider

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        said, account = sociallogin.email_addresses, sociallogin.account
        email = said[0] if said else None
        data = account.get_provider_account().get_user_data() or {}
        provider = next((app for app in queries.providers() if app["id"] == account.provider), None)
        try:
            person = actions.enter_by_sign_on(
                provider=account.provider,
                uid=account.uid,
                email=email.email if email else "",
                is_verified=bool(email and (email.verified or (provider and provider["trust_email"]))),
                name=str(data.get("name") or ""),
                language=get_language() or "fi",
            )
        except Refusal as refusal:
            messages.error(request, str(refusal))
            raise ImmediateHttpResponse(redirect("people:sign_in")) from refusal
        actions.enter(by=person, request=request)
        after = sociallogin.get_redirect_url(request)
        raise ImmediateHttpResponse(redirect("people:arrive") if not after else redirect(after))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_more: Any) -> None:
        _failed(request)


def _failed(request: HttpRequest) -> None:
    messages.error(request, _("The sign-on of your organisation did not answer as it should. Sign in with a code."))
    raise ImmediateHttpResponse(redirect("people:sign_in"))


def _provider(provider: str) -> None:
    if provider not in {one["id"] for one in queries.providers()}:
        raise NotFound(_("There is no such sign-on here."))


def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the reader to the organisation's sign-on."""
    _provider(provider)
    try:
        return OAuth2LoginView.adapter_view(_Protocol(request, provider))(request)
    except (RequestException, KeyError, ValueError):
        _failed(request)
        raise


def finish(request: HttpRequest, provider: str) -> HttpResponse:
    """The reader comes back with the sign-on's word."""
    _provider(provider)
    try:
        return OAuth2CallbackView.adapter_view(_Protocol(request, provider))(request)
    except (RequestException, KeyError, ValueError):
        _failed(request)
        raise
