"""Group commit: many small writes, one disk wait. Knows no word of the field.

One thread a process takes the waiting writes in the order in which they came, runs them in ONE transaction (each
in a savepoint as soon as one of them fails) and tells every caller only after the commit. Inside a transaction
that is already open it is a part of that one. Never acknowledges before the disk does.
"""

from .writer import shared, together

__all__ = ["shared", "together"]
