"""Home: the front page, my networks, a network's day, and its transparency.

Panels only ask queries and read the log; this room keeps nothing and decides nothing.
"""
