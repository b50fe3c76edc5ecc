"""Signing in and out, one's own account, and leaving."""

from .account import (
    add_address,
    add_passkey,
    begin_passkey,
    change,
    confirm_address,
    drop_passkey,
    end_session,
    make_primary,
    remove_address,
    sign_out_everywhere,
    speak,
)
from .entering import (
    ask_code,
    begin_passkey_entry,
    enter,
    enter_as,
    enter_by_passkey,
    enter_by_sign_on,
    leave_house,
    make_link,
    take_code,
    take_link,
)
from .leaving import erase
from .meeting import meet

__all__ = [
    "add_address",
    "add_passkey",
    "ask_code",
    "begin_passkey",
    "begin_passkey_entry",
    "change",
    "confirm_address",
    "drop_passkey",
    "end_session",
    "enter",
    "enter_as",
    "enter_by_passkey",
    "enter_by_sign_on",
    "erase",
    "leave_house",
    "make_link",
    "make_primary",
    "meet",
    "remove_address",
    "sign_out_everywhere",
    "speak",
    "take_code",
    "take_link",
]
