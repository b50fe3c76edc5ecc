"""What can be asked about introductions and the three building blocks."""

from .blocks import BlockShown, kept_strip, strip, to_read
from .export import own_rows
from .material import Material
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
    "Material",
    "Shown",
    "Writing",
    "by_pk",
    "check_may_be_asked",
    "get",
    "index",
    "kept_strip",
    "laid_aside",
    "may_connect",
    "own_rows",
    "own_side",
    "recordable_side",
    "shown",
    "side_of_link",
    "sides",
    "specimens",
    "strip",
    "to_ask_after",
    "to_lapse",
    "to_read",
    "visible_to",
    "waiting_for",
    "whom_to_ask",
    "wishable",
    "wishes_of",
    "writing",
]
