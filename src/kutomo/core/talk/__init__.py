"""Talk: one conversation on any thing.

A room owns a thread by a foreign key downward or starts it by the thing's reference; talk knows no room.
Posts are edited with history and removed with a trace, never silently.
"""
