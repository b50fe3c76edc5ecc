"""Who may do what: one table of roles and capabilities, one gate.

Knows no model: it asks the network for a person's roles. It never decides what a person may *see*;
that is each room's ``visible_to``.
"""

from . import gate
from .rules import ROLES, Can, Role

__all__ = ["ROLES", "Can", "Role", "gate"]
