"""The survey itself, by a personal link: who sees what, question by question, the own result."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from kutomo.ground.errors import NotFound
from kutomo.ground.ui import page, submit

from ..actions import answering as actions
from ..forms import survey as forms
from ..forms.waves import MapForm
from ..models import Part
from ..queries import own as own_queries, roster, survey as links
from ..queries.survey import Ticket
from ..rules import asking, wording
from ..rules.asking import PULSE, Question


@login_not_required
@never_cache
def survey(request: HttpRequest, token: str) -> HttpResponse:
    """Purpose, who sees what and for how long; the wish about the map; then the first open question."""
    held = links.ticket(token)
    part = links.part_of(held.person, held.wave)
    said = links.map_wish(held.person, held.wave)
    form = MapForm(request.POST or None, initial={"on_map": {True: "yes", False: "no"}.get(said)})  # type: ignore[arg-type]
    facts: dict[str, Any] = {"by": held.person, "wave": held.wave, "recorder": held.recorder}
    if submit(form, lambda data: actions.begin(**facts, **data)):
        return redirect(_first_open(held))
    return page(
        request,
        "relations/survey.html",
        {"network": held.wave.network, "wave": held.wave, "held": held, "part": part, "form": form},
    )


def _first_open(held: Ticket) -> str:
    """The first screen where something waits, else the last."""
    part = links.part(held)
    sizes = {code: size for code, size in roster.sizes(part).items() if size[1]}
    waiting = [code for code, (done, of) in sizes.items() if done < of] or list(sizes)[-1:]
    return _to(held, waiting[0])


def _to(held: Ticket, code: str) -> str:
    return (
        reverse("relations:screen", args=[held.token, code])
        if code
        else reverse("relations:own_by_link", args=[held.token])
    )


def _beside(part: Part, code: str, step: int) -> str:
    """The next (1) or previous (-1) screen that has something to ask; "" past the end."""
    sizes = roster.sizes(part)
    order = list(sizes)
    for other in order[order.index(code) + step :: step] if step > 0 else order[: order.index(code)][::-1]:
        if sizes[other][1]:
            return other
    return ""


def _order(held: Ticket, code: str) -> tuple[str, ...]:
    """The screens of the wave; NotFound when ``code`` is none of them."""
    order = asking.screens(asks_trust=held.wave.asks_trust, asks_pulse=held.wave.asks_pulse)
    if code not in order:
        raise NotFound(_("This is not asked in this survey."))
    return order


@login_not_required
@never_cache
def screen(request: HttpRequest, token: str, code: str) -> HttpResponse:
    held = links.ticket(token)
    part = links.part(held)
    order = _order(held, code)
    if request.method == "POST":
        return redirect(_go(request, held, part, code))
    language = get_language() or "en"
    shown: dict[str, Any] = {"network": held.wave.network, "wave": held.wave, "held": held, "code": code}
    shown |= {"place": order.index(code) + 1, "of": len(order), "stamp": forms.stamp()}
    if code == PULSE:
        said = roster.pulse(part)
        rows = [(number, asked, said.get(number)) for number, asked in enumerate(wording.pulse(language), start=1)]
        return page(request, "relations/pulse.html", shown | {"rows": rows, "answered": len(said), "total": len(rows)})
    found = roster.screen(part, code, language)
    return page(request, "relations/screen.html", shown | {"screen": found, "own_only": code in roster.COLUMNS})


def _go(request: HttpRequest, held: Ticket, part: Part, code: str) -> str:
    """Keep all that the form holds, then do what the pressed button says, and lead on."""
    _keep(request, held, part, code)
    facts: dict[str, Any] = {"by": held.person, "part": part, "recorder": held.recorder}
    go = request.POST.get("go", "next")
    if go == "rest":
        actions.rest_as_zero(**facts, question=Question(code))
    elif go == "earlier":
        actions.keep_earlier(**facts, question=Question(code))
    if go in ("rest", "earlier", "save"):
        return _to(held, code)
    if go == "later":
        messages.success(request, _("Kept. Go on by the same link when it suits you."))
        return reverse("relations:survey", args=[held.token])
    if go == "back":
        before = _beside(part, code, -1)
        return _to(held, before) if before else reverse("relations:survey", args=[held.token])
    seconds = forms.seconds_since(request.POST.get("shown", ""))
    rows = roster.sizes(part)[code][1]
    actions.note_time(by=held.person, part=part, screen=code, rows=rows, seconds=seconds)
    after = _beside(part, code, 1)
    if not after:
        actions.finish(**facts)
    return _to(held, after)


def _keep(request: HttpRequest, held: Ticket, part: Part, code: str) -> None:
    values = forms.answers(request.POST.dict())
    facts: dict[str, Any] = {"by": held.person, "part": part, "recorder": held.recorder}
    if code == PULSE:
        actions.put_pulse(**facts, values=values)
    else:
        actions.put(**facts, question=Question(code), values=values)


@login_not_required
@require_POST
def keep(request: HttpRequest, token: str, code: str) -> HttpResponse:
    """Autosave: one or a few answers, at every tap. Nothing comes back but that they are stored."""
    held = links.ticket(token)
    part = links.part(held)
    _order(held, code)
    _keep(request, held, part, code)
    return HttpResponse(status=204)


@login_not_required
@require_safe
@never_cache
def own_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The own result at once; a paper form's recorder only learns that it is stored."""
    held = links.ticket_after(token)
    shown = None if held.recorder else own_queries.own(held.person, held.wave, get_language() or "en")
    return page(
        request,
        "relations/own_by_link.html",
        {"network": held.wave.network, "wave": held.wave, "held": held, "own": shown},
    )
