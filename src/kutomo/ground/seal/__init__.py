"""Sealed boxes: words that the database keeps but cannot read before their time. Knows no word of the field.

A box closes with a key that is derived from the installation's secret key, which lies outside the database, and
names its content by a code that only the author holds. Every content of a box is equally long. It never keeps a
code, a key or a time.
"""

from .box import Box, Unreadable

__all__ = ["Box", "Unreadable"]
