"""Writing the log. Actions of the rooms call ``record`` inside their own transaction."""

from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kutomo.ground.clock import now
from kutomo.ground.errors import RuleBroken

from .kinds import Kind
from .models import Event


def record(
    kind: Kind,
    *,
    by: Any,
    network: Any = None,
    thing: tuple[str, int] | None = None,
    title: str = "",
    data: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write one line: ``by`` (a Person, or None for the house itself) did ``kind``.

    ``title``: the thing's name at the time; ``data``: further slots of the sentence, JSON values; when its
    ``name`` (or the title) is a person's, ``person`` holds the key, so that the name goes when the person does;
    ``seat`` holds the key of the seat that took part, when that is not the doer's own;
    ``reason``: asked for when the kind uses a leader's power.
    Raises RuleBroken without a reason where one is needed, RuntimeError outside a transaction: the deed
    and its line are stored together or not at all.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("record() belongs inside the action's transaction")
    if kind.power and not reason.strip():
        raise RuleBroken(_("Say why: every member sees the reason."), field="reason")
    return Event.objects.create(
        at=now(),
        kind=kind.name,
        actor=by,
        network=network,
        thing_kind=thing[0] if thing else "",
        thing_id=thing[1] if thing else None,
        title=title[:300],
        audience=kind.audience,
        is_power=kind.power,
        reason=reason.strip()[:500],
        data=data or {},
    )


def forget(*, by: Any, network: Any = None) -> None:
    """Empty every name of the person ``by`` in the log; the deeds stay (methods § A14).

    ``network``: only in the lines of that network, whose member ``by`` was once.
    """
    name = str(by.name)
    own = Q(data__person=by.pk) | Q(actor=by, data__name=name) | Q(actor=by, title=name)
    lines = Event.objects.all() if network is None else Event.objects.filter(network=network)
    for line in lines.filter(own):
        given = line.data.get("name", line.title)
        if line.title in (name, given):
            line.title = ""
        if "name" in line.data:
            line.data["name"] = ""
        line.save(update_fields=["data", "title"])
    lines.filter(actor=by).update(actor=None)


def retitle(*, by: Any = None, kinds: str, name: str) -> None:
    """Take a person's ``name`` out of the titles of a room's lines; ``kinds``: how its kinds begin, "talk.".

    The caller erases somebody; a title is the name alone, or the name, a comma and an organisation.
    """
    if not name:
        return
    lines = Event.objects.filter(kind__startswith=kinds)
    lines.filter(title=name).update(title="")
    for line in lines.filter(title__startswith=f"{name}, "):
        line.title = line.title.removeprefix(f"{name}, ")
        line.save(update_fields=["title"])
