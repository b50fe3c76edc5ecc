"""Consent rounds: is this text good enough for the next twelve months?

Any room opens a round on one of its things; each seat (or each member) takes one of four stances under its
own name. Objections are heard in silence first and come before the figures. A changed stance keeps its past.

Never counts a majority, never votes on people, never closes a round by an objection's author being worn down.
What follows from an agreed text is the business of the room that opened the round.
"""
