"""The letters of mutual help. Nobody's address is shown: each side gets a letter of the house's own."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from kutomo.core.letters import actions as letters
from kutomo.core.letters.rules import preview
from kutomo.core.networks.models import Network
from kutomo.core.organisations.models import Organisation
from kutomo.core.people.models import Person
from kutomo.ground.clock import now, today

from .. import queries
from ..models import Listing, StepWord, Task
from ..rules.course import Part

FOLDER = "exchange/letters"


def _send(name: str, listing: Listing, person: Person, key: str, *, nudge: bool = False, **more: Any) -> Any:
    return letters.send(
        letter=f"{FOLDER}/{name}.md",
        to=letters.Addressee.of(person),
        network=listing.network,
        context={"listing": listing, **more},
        key=f"{FOLDER}/{name}:{key}:{person.pk}",
        nudge=nudge,
    )


def write_to(task: Task, part: Part, kind: StepWord, words: str) -> None:
    """Tell the people of one side what the other has just done."""
    other = task.giver_name if part is Part.RECEIVER else task.receiver_name
    turn = task.steps.count()
    for person in queries.people_of(task, part):
        more: dict[str, Any] = {
            "task": task,
            "other": other,
            "kind": kind.value,
            "deed": kind.label,
            "words": words.strip(),
        }
        _send("step", task.listing, person, f"{task.pk}:{turn}", **more)


def remind_of(task: Task, part: Part, turn: str) -> None:
    """The clock's reminder, within the nudge budget."""
    other = task.giver_name if part is Part.RECEIVER else task.receiver_name
    for person in queries.people_of(task, part):
        key = f"{task.pk}:{task.terms_version}:{turn}"
        _send("waits", task.listing, person, key, nudge=True, task=task, other=other, turn=turn)


def ask_directly(listing: Listing) -> None:
    """A need or an offer that one seat only was asked: those who sit on it hear of it at once."""
    for sitting in queries.sitters(listing.target_id):
        _send("asked", listing, sitting, str(listing.pk))


def tell_owner(turn: str, listing: Listing, *, words: str = "", nudge: bool = False) -> None:
    """Those whose listing it is: it ends soon, its day has passed, it was taken off the board."""
    people = queries.sitters(listing.seat_id) if listing.seat_id else [listing.author] if listing.author else []
    for person in people:
        key = f"{listing.pk}:{listing.revision}:{turn}"
        _send("listing", listing, person, key, nudge=nudge, turn=turn, words=words)


def _example() -> dict[str, Any]:
    network = Network(pk=1, name="Kynnyksen yli", slug="kynnyksen-yli")
    bertta = Person(name="Bertta Pihl", language="fi")
    listing = Listing(
        pk=1, network=network, side="need", title="Kuljettaja muistikahvilaan", area="transport", author=bertta,
        text="Kuusi kävijää kirjastolle ja takaisin torstaina.", language="fi", ends_on=today() + timedelta(days=9),
        made_at=now(), moved_at=now(),
    )  # fmt: skip
    task = Task(pk=1, listing=listing, terms="Auto ja kuljettaja torstaina kello 12.", terms_on=listing.ends_on)
    other = Organisation(name="Kotiapu Pihlaja").name
    shown = {"kind": "propose", "deed": StepWord.PROPOSE.label, "turn": "answer", "words": task.terms}
    return {"network": network, "listing": listing, "task": task, "other": other, **shown}


preview(f"{FOLDER}/step.md", _example, title=_("The other side of a help has written"))
preview(f"{FOLDER}/waits.md", _example, title=_("A help waits for you"))
preview(f"{FOLDER}/asked.md", _example, title=_("Your organisation is asked for help"))
preview(f"{FOLDER}/listing.md", lambda: _example() | {"turn": "ending"}, title=_("Your need or offer ends soon"))
