"""What a question finds for one reader."""

from .answers import Answer, Found, found

__all__ = ["Answer", "Found", "found"]
