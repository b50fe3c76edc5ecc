"""How a network begins: the launch canvas, from the draft that nobody sees to the text that all agree on.

The leader drafts alone, members answer before they see the draft, and the shared wording is written
from the answers and agreed by consent. The room never stores who gave which anonymous answer, never
shows the leader more than the members see, and never turns the answers into a single score.
"""
