"""Words that people write: Markdown to safe HTML, and plain text out of Markdown.

Knows no mentions, no pictures from elsewhere and no HTML of the writer's own; what is not understood is shown as
it was written. It never fetches anything.
"""

from .markdown import LONGEST, excerpt, html, plain
from .numbers import whole_number

__all__ = ["LONGEST", "excerpt", "html", "plain", "whole_number"]
