"""The areas of help, settled by the operator for the whole installation."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from kutomo.core.activity.actions import record
from kutomo.core.people.models import Person
from kutomo.ground.errors import NotAllowed, RuleBroken

from .. import events, queries
from ..models import Area
from .held import worded


@transaction.atomic
def settle_area(*, by: Person, code: str = "", fi: str, sv: str, en: str, rests: bool = False) -> Area:
    """Name an area in three languages, add one (``code`` empty), or let one rest; what is listed under it stays.

    Raises NotAllowed for anybody but the operator, RuleBroken for a missing name or one that is there already.
    """
    if not by.is_operator:
        raise NotAllowed(_("The operator of this installation settles the areas."))
    names: dict[str, Any] = {lang: worded(name, lang, 60) for lang, name in (("fi", fi), ("sv", sv), ("en", en))}
    known = {row.code: row for row in queries.areas()}
    if code and code not in known:
        raise RuleBroken(_("There is no such area."))
    if not code:
        code = slugify(names["en"])[:30] or slugify(names["fi"])[:30]
        if not code or code in known:
            raise RuleBroken(_("There is an area of this name already."), field="en")
    row, _new = Area.objects.update_or_create(code=code, defaults={**names, "rests": rests})
    record(events.AREA_SETTLED, by=by, title=names["en"])
    return row
