"""What waits for a person, over all networks: the inbox, and one letter a week.

The rooms are asked what waits (``queries/asks.py``); home, the inbox and the letter show that one list. A
person may say "not now" or "never this" to anything on it. It never puts a task on anybody, never names somebody
who has not answered, never tells people of their own deeds, and never writes when there is nothing to say.
"""
