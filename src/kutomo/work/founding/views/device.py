"""The claim code lives on the author's device: in a cookie that only this site reads, and nowhere on the server."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kutomo.core.access.respondents import Respondent

from ..models import Canvas
from ..rules import claims

YEAR = 60 * 60 * 24 * 365


def _name(canvas: Canvas, by: Respondent) -> str:
    """One cookie a canvas and respondent, so that two people at one device do not share a code."""
    return f"claim-{canvas.pk}-{hashlib.sha256(by.key.encode()).hexdigest()[:8]}"


def code_of(request: HttpRequest, canvas: Canvas, by: Respondent) -> str:
    """The code that this device holds for this respondent, or an empty text."""
    code = claims.tidy(request.COOKIES.get(_name(canvas, by), ""))
    return code if claims.is_code(code) else ""


def keep(response: HttpResponse, canvas: Canvas, by: Respondent, code: str) -> HttpResponse:
    """Lay the code on the device for a year."""
    response.set_cookie(_name(canvas, by), code, max_age=YEAR, secure=settings.SECURE, httponly=True, samesite="Lax")
    return response
