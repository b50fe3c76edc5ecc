"""Mutual help (Tehostamo): what associations need of each other's hands, and what they can lend.

Needs and offers are equals. Somebody answers one, both sides agree on terms, the help is given, the receiver says
that it came, and both tell how it went. Needs and offers that fit are shown with the reasons, rings of two to five too.

Never counts a balance, a debt or a price, never ranks, never compares organisations by name: an organisation sees its
own counts, everybody sees shares of all. Never shows what two sides say to each other to a third, nor their addresses.
"""
