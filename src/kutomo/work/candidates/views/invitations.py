"""Letters of invitation, paper, and answers entered on behalf of others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries
from ..models import Candidate
from .people import ticked_in


def _letter(request: HttpRequest, network: str, chosen_from: Iterable[str], *, data: object = None) -> HttpResponse:
    """The page of the letter: to whom, the words, and the whole letter as the first of each language gets it."""
    net = networks.get(request.user, network)
    gate.require(request.user, Can.INVITE, net)
    chosen = queries.to_invite(request.user, net, chosen_from)
    form = forms.InviteForm(data, network=net, languages=_languages(chosen))
    form.is_valid()
    first = {one.language: one for one in reversed(chosen)}
    specimens = [
        (first[code], *queries.letter_text(first[code], words, request.user)) for code, words in form.written().items()
    ]
    context = {"network": net, "chosen": chosen, "form": form, "specimens": specimens}
    return page(request, "candidates/invite.html", context)


def _languages(chosen: Iterable[Candidate]) -> list[str]:
    present = {one.language for one in chosen}
    return [code for code in ("fi", "sv", "en") if code in present]


@require_safe
def invite(request: HttpRequest, network: str) -> HttpResponse:
    return _letter(request, network, request.GET.getlist("c"))


@require_POST
def preview(request: HttpRequest, network: str) -> HttpResponse:
    # From the list come only the chosen ones; from the letter's own page also its words.
    gate.require(request.user, Can.INVITE, networks.get(request.user, network))
    written = any(name.startswith("words_") for name in request.POST)
    ticked = ticked_in(request, network)
    if not ticked:
        messages.warning(request, _("Tick first those to whom you write."))
        return redirect("candidates:candidates", network)
    return _letter(request, network, ticked, data=request.POST if written else None)


@require_POST
def send(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.INVITE, net)
    chosen = queries.to_invite(request.user, net, request.POST.getlist("c"))
    form = forms.InviteForm(request.POST, network=net, languages=_languages(chosen))
    done = submit(form, lambda data: actions.invite(by=request.user, candidates=chosen, words=form.words()))
    if done is None:
        return _letter(request, network, request.POST.getlist("c"), data=request.POST)
    count = len(done.value)
    if count:
        words = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", count)
        messages.success(request, words % {"n": count})
    else:
        messages.warning(request, _("Nobody was invited: they have answered already, or have no address."))
    return redirect("candidates:candidates", net.slug)


@require_safe
def paper(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(request.user, net, pk)
    invitation = queries.printable(request.user, found)
    context: dict[str, Any] = {"network": net, "candidate": found, "invitation": invitation}
    if invitation:
        context["short_address"] = settings.BASE_URL + reverse("candidates:code")
        context["full_address"] = settings.BASE_URL + reverse("candidates:invitation", args=[invitation.token])
        context["qr_label"] = _("The address of the invitation as a QR code")
    return page(request, "candidates/paper.html", context)


@require_POST
def make_paper(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.invite_on_paper(by=request.user, candidate=queries.get(request.user, net, pk))
    return redirect("candidates:paper", net.slug, pk)


def record_reply(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get_to_record(request.user, net, pk)
    form = forms.RecordForm(request.POST or None, initial={"reply": found.reply})
    if done := submit(form, lambda data: actions.record_reply(by=request.user, candidate=found, **form.answer())):
        messages.success(request, _("The answer was entered. The log says that you entered it."))
        name = "candidates:sit_on_behalf" if done.value.reply == "yes" else "candidates:candidate"
        return redirect(name, net.slug, pk)
    return page(request, "candidates/record_reply.html", {"network": net, "candidate": found, "form": form})


def sit_on_behalf(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get_to_record(request.user, net, pk)
    form = forms.SitForm(request.POST or None, candidate=found, on_behalf=True, initial=forms.SitForm.initial_of(found))
    if submit(form, lambda data: actions.sit(by=request.user, candidate=found, **form.facts())):
        messages.success(request, _("They have a seat now."))
        return redirect("candidates:candidate", net.slug, pk)
    return page(request, "candidates/sit_on_behalf.html", {"network": net, "candidate": found, "form": form})
