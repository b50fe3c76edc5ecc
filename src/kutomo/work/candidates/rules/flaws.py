"""What can be wrong with a cell: codes here, sentences in three languages in ``queries/sentences.py``."""

from __future__ import annotations

from enum import StrEnum


class Flaw(StrEnum):
    """What is wrong with one cell or row."""

    NOTHING = "nothing"  # neither organisation nor person nor address nor phone
    FORMULA = "formula"  # a formula whose value the program did not save
    SHEET_ERROR = "sheet_error"  # "#REF!" and its like
    TOO_LONG = "too_long"  # limit
    BUSINESS_ID = "business_id"
    MUNICIPALITY = "municipality"  # warning only
    LANGUAGE = "language"  # warning only
    PHONE = "phone"
    EMAIL_BLANK = "email_blank"  # suggestion
    EMAIL_LETTER = "email_letter"  # letter, suggestion
    EMAIL_NO_AT = "email_no_at"
    EMAIL_TWO_AT = "email_two_at"
    EMAIL_COMMA = "email_comma"  # suggestion
    EMAIL_DOTS = "email_dots"
    EMAIL_NO_NAME = "email_no_name"  # nothing before @
    EMAIL_NO_DOMAIN = "email_no_domain"
    EMAIL_MANY = "email_many"  # several addresses in one cell
    EMAIL_OTHER = "email_other"


# These are told but do not stop a row: the value is left empty or kept as a note.
WARNINGS = frozenset({Flaw.MUNICIPALITY, Flaw.LANGUAGE})
