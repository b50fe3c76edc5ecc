"""Kangas, the fabric: a network's life as woven textile, drawn on the server from the log.

The warp are the seats in the order in which they joined, the weft are weeks. A cell tells how a seat took part in a
week, never how much; a band is something achieved together that more than one party confirmed. Weeks are woven once
by a job and kept, so no page reads the whole log. It never ranks, never counts a member, and never shows a
gap as a fault: a column that has long been silent is a question for leaders only.
"""
