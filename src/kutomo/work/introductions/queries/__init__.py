"""What can be asked about introductions and the three building blocks."""

from .blocks import BlockShown, strip_for
from .export import own_rows
from .page import Index, Writing, index, specimens, wishable, writing
from .rows import (
    A_PAGE,
    Shown,
    by_pk,
    get,
    own_side,
    recordable_side,
    shown,
    side_of_link,
    sides,
    to_ask_after,
    to_lapse,
    visible_to,
    waiting_for,
    whom_to_ask,
    wishes_of,
)
from .suggesting import check_may_be_asked, laid_aside, may_connect

__all__ = [
    "A_PAGE",
    "BlockShown",
    "Index",
    "Shown",
    "Writing",
    "by_pk",
    "check_may_be_asked",
    "get",
    "index",
    "laid_aside",
    "may_connect",
    "own_rows",
    "own_side",
    "recordable_side",
    "shown",
    "side_of_link",
    "sides",
    "specimens",
    "strip_for",
    "to_ask_after",
    "to_lapse",
    "visible_to",
    "waiting_for",
    "whom_to_ask",
    "wishable",
    "wishes_of",
    "writing",
]
