"""What may be said at which response. Pure. Source: specs, network analysis, 2.4 (thresholds of our own)."""

from __future__ import annotations

ALL, NO_BROKERS, TOO_FEW = "all", "no_brokers", "too_few"
ALL_FROM, TIES_FROM = 80, 60  # per cent of the seats that were asked


def gate(answered: int, asked: int) -> str:
    """From 80 % everything; from 60 % no betweenness, no brokers, no phase; below only response and being named."""
    if asked and answered * 100 >= ALL_FROM * asked:
        return ALL
    return NO_BROKERS if asked and answered * 100 >= TIES_FROM * asked else TOO_FEW
