"""The map and its equals: a report of the relations as map, member list, matrix and sentences over one filter.

Everything shown comes out of ``relations.queries.reports``: what is not in a report cannot be drawn, listed, written
into a file or shared by a link. It ranks nobody, never sorts by ties, never draws a tie that one side denies, and
never says of a member what would break without it, except to that member.
"""
