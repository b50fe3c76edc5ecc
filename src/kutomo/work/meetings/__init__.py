"""Meetings: the agenda before, the live steps during, the notes and promises after.

A meeting walks through steps; phones, big screen and host stand on the same step. Answers that are
called anonymous lie in a table that shares no key, order or time with the table of who has answered.
Never decides anything for the network: canvas, ground rules and candidates belong to their own rooms,
which this room calls from half a storey above. Never puts a task on anybody: a promise is a proposal
until the one who would do it accepts.
"""
