"""The map through a public link: read only, no sign-in, the same floors."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .. import queries
from ..queries import pages
from ..queries.doors import opening
from ..rules.asked import parse
from .shown import sent, shown, told


@login_not_required
@require_safe
def public_map(request: HttpRequest, token: str) -> HttpResponse:
    door = queries.through(token)
    return shown(request, door, "map", pages.map_context(door, opening(door, request.GET)))


@login_not_required
@require_safe
def public_members(request: HttpRequest, token: str) -> HttpResponse:
    door = queries.through(token)
    return shown(request, door, "members", pages.members_context(door, opening(door, request.GET)))


@login_not_required
@require_safe
def public_matrix(request: HttpRequest, token: str) -> HttpResponse:
    door = queries.through(token)
    return shown(request, door, "matrix", pages.matrix_context(door, opening(door, request.GET)))


@login_not_required
@require_safe
def public_text(request: HttpRequest, token: str) -> HttpResponse:
    door = queries.through(token)
    return shown(request, door, "text", pages.text_context(door, opening(door, request.GET)))


@login_not_required
@require_safe
def public_member(request: HttpRequest, token: str, seat: int) -> HttpResponse:
    door = queries.through(token)
    return shown(request, door, "member", pages.member_context(door, parse(request.GET), seat))


@login_not_required
@require_safe
def public_file(request: HttpRequest, token: str, name: str) -> HttpResponse:
    door = queries.through(token)
    return sent(pages.file_of(door, opening(door, request.GET), name))


@login_not_required
@require_safe
def public_data(request: HttpRequest, token: str) -> HttpResponse:
    door = queries.through(token)
    return told(pages.data_of(door, opening(door, request.GET)))
