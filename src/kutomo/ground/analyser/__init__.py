"""What a word is filed under, so that a search finds it in every form. Knows no Django and no word of the field.

Finnish through Voikko's transducer (``pyvoikko``, loaded at the first word it is asked about: a second and 240 MB),
Swedish and English through Snowball. A word gives its own form, its base forms and the parts of a compound.
"""

from .words import Filed, filed, folded, split

__all__ = ["Filed", "filed", "folded", "split"]
