"""Relations: who knows, works with, trusts and commits to whom, asked in waves and shown with care.

A wave asks question by question down the roster of seats, keeps three states for each cell (a value, too early,
not answered), gives everybody the own result at once and the network one frozen report at closing.

Never shows, exports or logs anybody's answers on trust or commitment but to their author, never draws a tie that
one side denies, never ranks, never treats a silence as "no". Raw rows have one reader, and its reads are logged.
"""
