"""What the codes of ``rules`` mean, as whole sentences in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _, gettext_lazy, ngettext

from kutomo.ground.tables import Note, Refused, Why

from ..rules.columns import Column
from ..rules.flaws import Flaw
from ..rules.likeness import Match

WHY: dict[Why, Any] = {
    Why.EMPTY: gettext_lazy("There is nothing in it. Check that the right sheet was saved."),
    Why.TOO_MANY_ROWS: gettext_lazy(
        "The table has more than %(limit)s rows. A network invites people, not a register: keep the rows of those "
        "you mean, or split the table."
    ),
    Why.TOO_MANY_COLUMNS: gettext_lazy("The table has more than %(limit)s columns. Keep the columns you need."),
    Why.TOO_BIG: gettext_lazy("It is larger than %(limit)s megabytes. Keep only the sheet with the names."),
    Why.PASSWORD: gettext_lazy("The file has a password. Save a copy without a password and choose that."),
    Why.OLD_EXCEL: gettext_lazy(
        "This is an old Excel file (.xls). Open it in Excel and save it as .xlsx, then choose that."
    ),
    Why.MACROS: gettext_lazy("The file has macros. Save it as .xlsx without macros and choose that."),
    Why.EXTERNAL_LINKS: gettext_lazy(
        "The file fetches values from another workbook. Copy the cells, paste them as values into a new file, and "
        "choose that."
    ),
    Why.BOMB: gettext_lazy(
        "The file would unpack to far more than a list of names needs, so it was not opened. Copy the cells into a "
        "new file and choose that."
    ),
    Why.BROKEN: gettext_lazy(
        "The file is damaged or not finished. Open it, save it again as .xlsx, and choose the new one."
    ),
    Why.ENTITIES: gettext_lazy(
        "The file holds instructions that no spreadsheet program writes, so it was not opened. Copy the cells into a "
        "new file and choose that."
    ),
    Why.OTHER_KIND: gettext_lazy(
        "This is no table but %(found)s. Choose an .xlsx, .ods or .csv file, or paste the list."
    ),
    Why.ENCODING: gettext_lazy(
        "The letters of this file cannot be made out. Save it as .xlsx, or as CSV UTF-8, and choose that."
    ),
}

COLUMNS = {
    Column.SKIP: gettext_lazy("– leave out –"),
    Column.ORGANISATION: gettext_lazy("Organisation"),
    Column.BUSINESS_ID: gettext_lazy("Business ID"),
    Column.PERSON: gettext_lazy("Person"),
    Column.FIRST_NAME: gettext_lazy("First name"),
    Column.LAST_NAME: gettext_lazy("Last name"),
    Column.EMAIL: gettext_lazy("E-mail address"),
    Column.PHONE: gettext_lazy("Phone"),
    Column.LANGUAGE: gettext_lazy("Language"),
    Column.MUNICIPALITY: gettext_lazy("Home municipality"),
    Column.NOTE: gettext_lazy("Note"),
    Column.INVITER: gettext_lazy("Who invites"),
}


def refusal(refused: Refused) -> str:
    """Why a table cannot be read, and the way out."""
    return str(WHY[refused.why]) % refused.params


def note(code: str, params: Mapping[str, Any]) -> str:
    """What was done to a table on the way in."""
    match Note(code):
        case Note.MERGED:
            return ngettext(
                "%(count)s merged cell (%(example)s): its value was given to each row that it covers.",
                "%(count)s merged cells (for example %(example)s): their value was given to each row they cover.",
                params["count"],
            ) % dict(params)
        case Note.OTHER_SHEETS:
            return ngettext(
                "Only the sheet “%(sheet)s” was read. %(count)s other sheet was left out.",
                "Only the sheet “%(sheet)s” was read. %(count)s other sheets were left out.",
                params["count"],
            ) % dict(params)
        case Note.WRONG_EXTENSION:
            return (
                _("By its contents this is %(found)s, whatever the name %(name)s says. It was read as such.") % params
            )
        case Note.ENCODING:
            return _("The letters were read as %(found)s. Check that ä, ö and å look right.") % params
        case Note.PROSE if params["count"]:
            return ngettext(
                "The addresses were picked out of the text. %(count)s line without an address was left out.",
                "The addresses were picked out of the text. %(count)s lines without an address were left out.",
                params["count"],
            ) % dict(params)
        case Note.PROSE:
            return _("The addresses were picked out of the text.")
    return ""


def flaw(code: str, params: Mapping[str, Any]) -> str:
    """What is wrong with a cell or a row, and what to do."""
    suggestion = params.get("suggestion")
    words = _FLAWS[Flaw(code)]
    text = str(words) % params if params else str(words)
    if suggestion:
        return f"{text} {_('Did you mean %(suggestion)s?') % {'suggestion': suggestion}}"
    return text


_FLAWS: dict[Flaw, Any] = {
    Flaw.NOTHING: gettext_lazy("The row names no organisation, person, address or phone number."),
    Flaw.FORMULA: gettext_lazy("The cell is a formula without a value. Write the value here."),
    Flaw.SHEET_ERROR: gettext_lazy("The cell shows the sheet's error %(text)s. Write the value here."),
    Flaw.TOO_LONG: gettext_lazy("The text has %(length)s characters; %(limit)s fit. Shorten it."),
    Flaw.BUSINESS_ID: gettext_lazy("“%(text)s” is not a Finnish business ID: its last digit does not fit. Check it."),
    Flaw.MUNICIPALITY: gettext_lazy("There is no municipality “%(text)s” today. It is kept as a note."),
    Flaw.LANGUAGE: gettext_lazy("“%(text)s” is not one of the languages here. It is kept as a note."),
    Flaw.PHONE: gettext_lazy("“%(text)s” is not a phone number."),
    Flaw.EMAIL_BLANK: gettext_lazy("The address “%(text)s” has a blank in it."),
    Flaw.EMAIL_LETTER: gettext_lazy("The address “%(text)s” has the letter %(letter)s, which mail does not accept."),
    Flaw.EMAIL_NO_AT: gettext_lazy("The address “%(text)s” lacks the @ sign."),
    Flaw.EMAIL_TWO_AT: gettext_lazy("The address “%(text)s” has two @ signs. Is it two addresses?"),
    Flaw.EMAIL_COMMA: gettext_lazy("The address “%(text)s” has a comma. Should it be a full stop?"),
    Flaw.EMAIL_DOTS: gettext_lazy("The address “%(text)s” has a full stop too many."),
    Flaw.EMAIL_NO_NAME: gettext_lazy("The address “%(text)s” lacks the part before the @ sign."),
    Flaw.EMAIL_NO_DOMAIN: gettext_lazy("The address “%(text)s” lacks its ending, for example .fi."),
    Flaw.EMAIL_MANY: gettext_lazy(
        "There are several addresses in one cell. Keep one; give the others rows of their own."
    ),
    Flaw.EMAIL_OTHER: gettext_lazy("“%(text)s” is not an address that mail would reach. Check it."),
}


def match(found: Match) -> str:
    """Whom a row resembles."""
    params = {"name": found.known.label, "row": found.known.reference}
    if found.is_same:
        match found.known.where:
            case "row":
                return _("The same as row %(row)s: %(name)s. Left out.") % params
            case "seat":
                return _("%(name)s has a seat in the network already. Left out.") % params
        return _("%(name)s is on the list already. Left out.") % params
    if found.by == "nearly":
        return _("The name is nearly that of %(name)s. Is it the same?") % params
    if found.by == "email":
        return _("The same address as %(name)s, but another person.") % params
    return _("Somebody of %(name)s is there already; this one is added beside.") % params
