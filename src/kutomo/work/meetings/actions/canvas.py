"""The bridge to the founding canvas: a canvas step writes into the canvas itself when one is open."""

from __future__ import annotations

from typing import Any

from ..models import Step
from ..rules.kinds import Kind


def reveal(*, by: Any, step: Step, network: Any) -> None:
    """Reveal the question on the canvas too, when the step asks one."""
    if step.kind != Kind.CANVAS:
        return
