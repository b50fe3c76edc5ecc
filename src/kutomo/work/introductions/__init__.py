"""Introductions: who might meet whom, why, and what came of it.

Suggestions come from the ties that everybody may see, from shared contacts and from what organisations themselves say
they look for and bring. A weaver, a leader or a shared contact writes to both; addresses are shown only when both have
said yes, and each may say "not now" or "never this" without anybody hearing it. Members may ask to be introduced.

Never uses an answer on trust or commitment, never names who declined, never suggests more than two at a time to
anybody, never introduces people who have left the map.
"""
