"""What can be asked of ideas."""

from .shelf import THING, answers, figures, get, lineage, own_rows, owns, shelf, silent, visible_to

__all__ = ["THING", "answers", "figures", "get", "lineage", "own_rows", "owns", "shelf", "silent", "visible_to"]
