"""Ground rules as pages: in force, the deck, writing, agreeing, history, accepting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kutomo.core.access import Can, gate
from kutomo.core.access.respondents import Respondent
from kutomo.core.networks import queries as networks
from kutomo.ground.errors import NotFound
from kutomo.ground.ui import page, submit

from .. import actions, forms, queries, rules as arithmetic

GET_OR_POST = ["GET", "POST"]


def _making(net: Any) -> Any:
    found = queries.in_making(net)
    if found is None:
        raise NotFound(_("No version of the ground rules is being written now."))
    found.network = net
    return found


@require_GET
def rules(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    view = queries.overview(request.user, net)
    return page(
        request,
        "commitments/rules.html",
        {"network": net, "view": view, "propose": forms.ProposeForm(), "settle": forms.SettleForm()},
    )


@require_GET
def deck(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    return _deck(request, net, forms.OwnCardForm())


def _deck(request: HttpRequest, net: Any, form: forms.OwnCardForm) -> HttpResponse:
    cards = queries.deck(net, Respondent.of(request.user))
    view = {
        "cards": cards,
        "mine": sum(card.mine for card in cards),
        "most": arithmetic.MOST_RULES,
        "may_choose": gate.may(request.user, Can.PROPOSE, net),
        "making": queries.in_making(net),
        "current": queries.current_rules(net),
    }
    return page(request, "commitments/deck.html", {"network": net, "form": form} | view)


@require_POST
def add_card(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    form = forms.OwnCardForm(request.POST)
    if submit(form, lambda data: actions.add_card(by=request.user, network=net, **data)):
        messages.success(request, _("The ground rule is in the deck."))
        return redirect("commitments:deck", net.slug)
    return _deck(request, net, form)


@require_POST
def choose(request: HttpRequest, network: str, card: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.choose(by=request.user, network=net, card=card)
    return redirect(f"{_address('deck', net)}#card-{card}")


@require_POST
def unchoose(request: HttpRequest, network: str, card: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.unchoose(by=request.user, network=net, card=card)
    return redirect(f"{_address('deck', net)}#card-{card}")


def _address(name: str, net: Any) -> str:
    return redirect(f"commitments:{name}", net.slug).url


@require_POST
def begin(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    actions.begin(by=request.user, network=net)
    return redirect("commitments:compose", net.slug)


@require_http_methods(GET_OR_POST)
def compose(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    making = _making(net)
    cards = queries.deck(net)
    best = arithmetic.most_chosen({card.key: card.chosen for card in cards}, [card.key for card in cards])
    chosen = [card for card in cards if card.key in best]
    form = forms.ComposeForm(
        request.POST or None,
        initial=forms.of_rule_set(making, chosen),
        needs_note=queries.needs_note(making),
    )

    def deed(data: dict[str, Any]) -> Any:
        return actions.compose(
            by=request.user, rule_set=making, lines=form.lines(), note=data.get("note", making.note), seen=data["seen"]
        )

    if submit(form, deed):
        messages.success(request, _("The text is saved. Everybody in the network can see it and go on with it."))
        return redirect("commitments:rules", net.slug)
    stored = queries.lines(making) if form.is_bound and form.non_field_errors() else []
    context = {"network": net, "form": form, "making": making, "stored": stored}
    context["objections"] = queries.objections(making)
    return page(request, "commitments/compose.html", context)


@require_POST
def propose(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    making = _making(net)
    form = forms.ProposeForm(request.POST)
    if submit(form, lambda data: actions.propose(by=request.user, rule_set=making, **data)):
        messages.success(request, _("Everybody is now asked whether these rules are good enough."))
        return redirect("commitments:rules", net.slug)
    view = queries.overview(request.user, net)
    context = {"network": net, "view": view, "propose": form, "settle": forms.SettleForm()}
    return page(request, "commitments/rules.html", context)


@require_POST
def rework(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.rework(by=request.user, rule_set=_making(net))
    return redirect("commitments:compose", net.slug)


@require_POST
def settle(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.HOST, net)
    making = _making(net)
    form = forms.SettleForm(request.POST)
    if done := submit(form, lambda data: actions.settle(by=request.user, rule_set=making, **data)):
        if done.value.adopted:
            messages.success(request, _("The ground rules are agreed."))
        else:
            messages.warning(request, _("The ground rules are not agreed yet. Write them again together."))
        return redirect("commitments:rules", net.slug)
    view = queries.overview(request.user, net)
    context = {"network": net, "view": view, "propose": forms.ProposeForm(), "settle": form}
    return page(request, "commitments/rules.html", context)


@require_POST
def drop(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.PROPOSE, net)
    actions.drop(by=request.user, rule_set=_making(net))
    messages.success(request, _("The change is laid aside. The rules in force go on."))
    return redirect("commitments:rules", net.slug)


@require_GET
def versions(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    found = queries.versions(net)
    pairs = list(zip(found, [*found[1:], None], strict=True))  # each with the one before it
    return page(request, "commitments/versions.html", {"network": net, "versions": pairs})


@require_GET
def version(request: HttpRequest, network: str, number: int) -> HttpResponse:
    net = networks.get(request.user, network)
    rule_set = queries.get(net, number)
    context = {"network": net, "rule_set": rule_set, "lines": queries.lines(rule_set)}
    return page(request, "commitments/version.html", context | {"rounds": queries.rounds(rule_set)})


@require_GET
def compare(request: HttpRequest, network: str, before: int, after: int) -> HttpResponse:
    net = networks.get(request.user, network)
    old, new = queries.get(net, before), queries.get(net, after)
    context = {"network": net, "before": old, "after": new, "pairs": queries.compare(old, new)}
    return page(request, "commitments/compare.html", context)


@require_GET
def paper(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    current = queries.current_rules(net)
    if current is None:
        raise NotFound(_("No ground rules are in force yet."))
    context = {"network": net, "rule_set": current, "lines": queries.lines(current)}
    return page(request, "commitments/paper.html", context)


@require_POST
def accept(request: HttpRequest, network: str, number: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    rule_set = queries.get(net, number)
    rule_set.network = net
    actions.accept(by=request.user, rule_set=rule_set)
    messages.success(request, _("You have accepted the ground rules."))
    return redirect("commitments:rules", net.slug)


@require_POST
def check_acceptance(request: HttpRequest, network: str, number: int) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.ANSWER, net)
    rule_set = queries.get(net, number)
    rule_set.network = net
    actions.check_acceptance(by=request.user, rule_set=rule_set)
    messages.success(request, _("Thank you. What was written for you is right."))
    return redirect("commitments:rules", net.slug)


@require_http_methods(GET_OR_POST)
def accept_for(request: HttpRequest, network: str) -> HttpResponse:
    net = networks.get(request.user, network)
    gate.require(request.user, Can.RECORD, net)
    rule_set = queries.upcoming(net) or queries.current_rules(net)
    if rule_set is None:
        raise NotFound(_("No ground rules are in force yet."))
    rule_set.network = net
    form = forms.SomebodyForm(request.POST or None, people=networks.members(net))
    if submit(form, lambda data: actions.accept(by=request.user, rule_set=rule_set, on_behalf_of=data["person"])):
        messages.success(request, _("Written down. The person can check it."))
        return redirect("commitments:accept_for", net.slug)
    return page(request, "commitments/accept_for.html", {"network": net, "form": form, "rule_set": rule_set})
