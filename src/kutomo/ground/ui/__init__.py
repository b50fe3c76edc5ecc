"""Pages, forms and components: how everything in Kutomo looks and behaves. Knows no network and no person.

The guide for builders of rooms is docs/guides/add-a-page.md; the parts themselves are shown at /gallery/.
"""

from .forms import Outcome, submit
from .pages import page

__all__ = ["Outcome", "page", "submit"]
