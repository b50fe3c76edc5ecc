"""Promises: who does what, for whom, by when; one thing in the whole house, wherever it was given.

Any room hangs a promise on its own thing (a meeting, a decision). For another it is a proposal until that person
accepts; done counts only when the receiver says that it came. Moving and releasing in time are as good as keeping.

Never puts a task on anybody, never counts promises by person or organisation, never ranks.
"""
