"""Group commit: many small writes, one disk wait. Knows no word of the field.

On SQLite one thread a process takes the waiting writes in the order in which they came, runs each in a
savepoint of ONE transaction and tells every caller only after the commit. On PostgreSQL, and inside a
transaction that is already open, it is an ordinary transaction. Never acknowledges before the disk does.
"""

from .writer import shared, together

__all__ = ["shared", "together"]
