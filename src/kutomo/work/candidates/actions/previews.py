"""The room's letters on the page of letters: examples without a database."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.letters.rules import preview

from ..queries.invitations import expiry


def _example() -> dict[str, Any]:
    network = SimpleNamespace(name="Kynnyksen yli", slug="kynnyksen-yli")
    candidate = SimpleNamespace(title="Eila Kontiovaara, Vaaranseudun Naapuriapu ry", name="Eila Kontiovaara")
    return {
        "network": network,
        "candidate": candidate,
        "person": candidate,
        "request": candidate,
        "by": SimpleNamespace(name="Marjut Oinosvaara"),
        "to": SimpleNamespace(name="Eila Kontiovaara"),
        "paragraphs": ["Yksin asuva yli 75-vuotias voi jäädä viikoiksi ilman, että kukaan kysyy, mitä kuuluu."],
        "token": "xxxx-xxxx-xxxx-xxxx",
        "expires_on": expiry(),
    }


preview("candidates/letters/invitation.md", _example, title=_("the invitation to a network"))
preview("candidates/letters/reminder.md", _example, title=_("the reminder of an invitation"))
preview("candidates/letters/welcome.md", _example, title=_("the welcome to a network"))
preview("candidates/letters/join_received.md", _example, title=_("the receipt of a request to join"))
preview("candidates/letters/join_asked.md", _example, title=_("somebody asks to join"))
preview("candidates/letters/join_declined.md", _example, title=_("a request to join is declined"))
