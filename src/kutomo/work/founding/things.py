"""The canvas as a thing, its letters to look at, and what this room keeps about a person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext, gettext_lazy as _

from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network
from kutomo.core.people.rules import Belonging, belonging
from kutomo.core.things.register import ThingKind, register
from kutomo.ground.clock import today

from .actions import let_go
from .models import Canvas
from .queries import own_rows, visible_to

register(
    ThingKind(
        kind="founding.canvas",
        model="founding.Canvas",
        label=_("founding canvas"),
        icon="book-open",
        url=Canvas.get_absolute_url,
        title=lambda canvas: gettext("Founding canvas, version %(number)s") % {"number": canvas.number},
        visible=visible_to,
        # What has been agreed, never the draft: search must not look behind the founding mirror.
        text=lambda canvas: f"{canvas.challenge} {canvas.text} {canvas.what_changed}",
    )
)


def _example() -> dict[str, Any]:
    network = Network(name="Kynnyksen yli", slug="kynnyksen-yli")
    canvas = Canvas(
        pk=1,
        network=network,
        number=1,
        language="fi",
        opened_on=today(),
        closes_on=today() + timedelta(days=7),
        review_on=today() + timedelta(days=365),
        text="Ensimmäinen inhimillinen yhteys kahdessa viikossa.",
        what_changed="Luonnos puhui tiedottamisesta.",
    )
    return {"canvas": canvas, "network": network, "token": "example", "number": 9}


preview("founding/letters/opened.md", _example, title=_("Founding: five questions"))
preview("founding/letters/half_time.md", _example, title=_("Founding: half-time note"))
preview("founding/letters/revealed.md", _example, title=_("Founding: the answers are open"))
preview("founding/letters/agreed.md", _example, title=_("Founding: agreed"))

belonging(
    Belonging(
        name="founding.own",
        label=_("what I said about the founding"),
        export=own_rows,
        leave=lambda person: let_go(by=person),
        stays=_(
            "Your answers to the five questions stay without your name, and so do sentences that you wrote for "
            "the common text."
        ),
    )
)
