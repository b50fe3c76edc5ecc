"""Letters to people: who may be written to, how often, and in which words; the outbox itself is ground/mail.

Every room sends through ``actions.send``. Automatic reminders go through the nudge budget: one a person and
week over all networks, never in quiet times, and each kind can be stopped with one press. It never sends a
letter twice for the same deed and never tells a stranger whether an address is known here.
"""

from .rules import preview

__all__ = ["preview"]
