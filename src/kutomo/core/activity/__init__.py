"""The log: one append-only line for each deed.

Letters, dashboards, the transparency page, reports and search read it; no domain room knows a reader.
It never points at the thing by key (the log must not block a removal) and never holds who answered what.
"""
