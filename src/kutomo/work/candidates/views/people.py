"""The list of candidates, one candidate, and who invites whom."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST, require_safe

from kutomo.core.access import Can, gate
from kutomo.core.networks import queries as networks
from kutomo.core.organisations.forms import municipality_names
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries


def ticked_in(request: HttpRequest, network: str) -> list[str]:
    """The candidates ticked on the list, or all who have not been invited when that one box was ticked."""
    if request.POST.get("everyone"):
        return queries.not_invited(request.user, networks.get(request.user, network))
    return request.POST.getlist("c")


@require_safe
def candidates(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    find = forms.FindForm(request.GET)
    find.is_valid()
    show, words = find.cleaned_data.get("show", ""), find.cleaned_data.get("q", "")
    found = queries.listed(request.user, net, show=show, words=words, page=request.GET.get("page", "1"))
    numbers = queries.counts(request.user, net)
    manages = gate.may(request.user, Can.MANAGE_CANDIDATES, net)
    return page(
        request,
        "candidates/candidates.html",
        {
            "network": net,
            "found": found,
            "show": show,
            "words": words,
            "filters": [(code, label, numbers[code]) for code, label in queries.FILTERS],
            "total": numbers[""],
            "manages": manages,
            "asked": queries.to_agree(request.user, net),
            "imports": queries.current_imports(net) if manages else [],
            "inviters": queries.inviters(net, besides=request.user) if manages else [],
            "not_invited": numbers["potential"],
            "link": queries.join_link(net),
        },
    )


def add(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    languages = net.working_languages or ["fi"]
    form = forms.CandidateForm(request.POST or None, initial={"language": languages[0]})
    if done := submit(form, lambda data: actions.add(by=request.user, network=net, **data)):
        messages.success(request, _("Put on the list. Nobody has been asked yet."))
        return redirect(done.value)
    return page(request, "candidates/add.html", {"network": net, "form": form, "municipalities": municipality_names()})


@require_safe
def candidate(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get(request.user, net, pk)
    found.network = net
    return page(
        request,
        "candidates/candidate.html",
        {
            "network": net,
            "candidate": found,
            "may_invite": queries.may_invite(request.user, found),
            "may_record": queries.may_record(request.user, found),
            "may_change": queries.may_change(request.user, found),
            "may_remove": queries.may_remove(request.user, found),
            "sees_contact": queries.sees_contact(request.user, found),
            "manages": gate.may(request.user, Can.MANAGE_CANDIDATES, net),
            "latest": queries.fresh(found),
            "form": forms.InviterForm(people=queries.inviters(net, besides=request.user)),
        },
    )


def change(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get_to_change(request.user, net, pk)
    form = forms.CandidateForm(request.POST or None, initial=forms.CandidateForm.initial_of(found))
    if submit(form, lambda data: actions.change(by=request.user, candidate=found, **data)):
        messages.success(request, _("Saved."))
        return redirect("candidates:candidate", net.slug, pk)
    context = {"network": net, "candidate": found, "form": form, "municipalities": municipality_names()}
    return page(request, "candidates/change.html", context)


def remove(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.get_to_change(request.user, net, pk)
    form = forms.ReasonForm(request.POST or None)
    if submit(form, lambda data: actions.remove(by=request.user, candidate=found, **data)):
        messages.success(request, _("Taken off the list."))
        return redirect("candidates:candidates", net.slug)
    return page(request, "candidates/remove.html", {"network": net, "candidate": found, "form": form})


@require_POST
def agree(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.agree(by=request.user, candidate=queries.get(request.user, net, pk))
    messages.success(request, _("Thank you. You can write the invitation now."))
    return redirect("candidates:candidate", net.slug, pk)


@require_POST
def pass_on(request: HttpRequest, network: str, pk: int) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.pass_on(by=request.user, candidate=queries.get(request.user, net, pk))
    messages.success(request, _("Left to others."))
    return redirect("candidates:candidates", net.slug)


@require_POST
def propose_inviter(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.MANAGE_CANDIDATES, net)
    form = forms.InviterForm(request.POST, people=queries.inviters(net))
    chosen = queries.chosen(request.user, net, ticked_in(request, network))
    done = submit(form, lambda data: actions.propose_inviter(by=request.user, network=net, candidates=chosen, **data))
    _tell_given(request, done.value if done else 0)
    return redirect("candidates:candidates", net.slug)


@require_POST
def take(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    chosen = queries.chosen(request.user, net, ticked_in(request, network))
    given = actions.propose_inviter(by=request.user, network=net, candidates=chosen, person=request.user)
    _tell_given(request, given)
    return redirect("candidates:candidates", net.slug)


def _tell_given(request: HttpRequest, given: int) -> None:
    if given:
        words = ngettext("%(n)s candidate has an inviter now.", "%(n)s candidates have an inviter now.", given)
        messages.success(request, words % {"n": given})
    else:
        messages.warning(request, _("Nobody was chosen whom you could give an inviter. Tick some candidates first."))
