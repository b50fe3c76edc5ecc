"""What can be done with candidates."""

from . import previews  # noqa: F401  (enters the letters on their page)
from .imports import confirm, drop, mend, read, read_again, undo
from .invitations import again, invite, invite_on_paper, not_me, note_opened, remind, remind_all
from .joining import accept, ask, close_link, decline, open_link, renew_link
from .keeping import leave_all, tidy
from .people import add, agree, change, pass_on, propose_inviter, remove
from .replies import record_reply, reply, sit, suggest

__all__ = [
    "accept",
    "add",
    "again",
    "agree",
    "ask",
    "change",
    "close_link",
    "confirm",
    "decline",
    "drop",
    "invite",
    "invite_on_paper",
    "leave_all",
    "mend",
    "not_me",
    "note_opened",
    "open_link",
    "pass_on",
    "propose_inviter",
    "read",
    "read_again",
    "record_reply",
    "remind",
    "remind_all",
    "remove",
    "renew_link",
    "reply",
    "sit",
    "suggest",
    "tidy",
    "undo",
]
