"""Candidates: who might join the network, who asks them, and what they answer.

From a spreadsheet of names to people on seats: lists are read and checked as a whole, invitations are
personal and answered without an account, by phone or on paper too. Nobody is made to invite anybody: who
invites whom is proposed and agreed. A "no" is never asked twice.
"""
