"""Reading text: .csv in any encoding and delimiter that Excel writes, and text pasted out of a mail."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from email.utils import getaddresses

from .refusals import Note, Refused, Why
from .table import MAX_COLUMNS, MAX_ROWS, Table, cell_text, gather, numbered

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Eight-bit encodings of Finnish Windows, old Mac and MS-DOS ("CSV (MS-DOS)" is still in Excel's list).
_EIGHT_BIT = ("cp1252", "mac_roman", "cp850")
_OURS = "åäöÅÄÖéüšžŠŽ"
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PLAIN_UTF8 = "utf-8"
DELIMITERS = ";\t,|"


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` and its encoding. Raises Refused when it is no text."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(name), name
            except UnicodeDecodeError as error:
                raise Refused(Why.ENCODING) from error
    if b"\x00" in data[:2000]:
        # Text in UTF-16 without its mark: every second byte of our letters is zero.
        sample = data[:2000]
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        name = "utf-16-le" if odd > even else "utf-16-be"
        try:
            text = data[: len(data) // 2 * 2].decode(name)
        except UnicodeDecodeError as error:
            raise Refused(Why.ENCODING) from error
        if max(even, odd) < len(sample) // 4 or "\x00" in text:
            raise Refused(Why.ENCODING)
        return text, name
    try:
        return data.decode(_PLAIN_UTF8), _PLAIN_UTF8
    except UnicodeDecodeError:
        pass
    return max((_eight_bit(data, name) for name in _EIGHT_BIT), key=lambda found: found[0])[1:]


def _eight_bit(data: bytes, name: str) -> tuple[float, str, str]:
    """How Finnish or Swedish the text looks under one encoding: our letters, no signs inside words."""
    text = data.decode(name, errors="replace")
    strange = [c for c in text if ord(c) > 127]
    ours = sum(c in _OURS for c in strange)
    # "K„si" and "KŠsi" are the typical wrong readings: signs or capitals in the middle of a word.
    torn = len(re.findall(r"[a-zåäö][^\w\s'’@.,;:|/()\"+&*#!?%=<>\[\]{}-][a-zåäö]|[a-zåäö][ÅÄÖŠŽÉÜ][a-zåäö]", text))
    controls = sum(0x7F <= ord(c) < 0xA0 or c == "\ufffd" for c in strange)
    return (ours - 3 * torn - 5 * controls) / max(len(strange), 1), text, name


def read_csv(data: bytes) -> Table:
    """A table out of a .csv or .txt file. Raises Refused."""
    text, encoding = decode(data)
    if len(_CONTROLS.findall(text[:20_000])) > 5:
        raise Refused(Why.ENCODING)  # a file of some other kind that happens to decode
    table = read_text(text)
    if encoding not in ("utf-8", "utf-16-le"):
        table.notes.append((Note.ENCODING, {"found": _ENCODING_NAMES.get(encoding, encoding)}))
    return table


_ENCODING_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "MS-DOS 850",
    "utf-16-be": "UTF-16",
}


def read_text(text: str) -> Table:
    """A table out of pasted text: a block of a sheet, a .csv, addresses out of a mail, or plain lines.

    Raises Refused.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise Refused(Why.EMPTY)
    first, _newline, rest = text.partition("\n")
    if found := re.fullmatch(r"sep=(.)\s*", first):
        return gather(numbered(_split(rest, found[1])))
    if people := _mail_addresses(text):
        # The header is ours (row 0); it makes the columns plain.
        return gather(enumerate([["Name", "E-mail", "Organisation"], *people]))
    rows = _split(text, delimiter(text))
    if "\t" not in text and any("@" in cell and " " in cell for row in rows for cell in row):
        return _in_prose(text)  # an address beside other words in one cell: running text, not a table
    return gather(numbered(rows))


def delimiter(text: str) -> str:
    """The sign that splits most lines into the same number of parts (more than one); "" when none does."""
    lines = [line[:4000] for line in text.split("\n", 60)[:60] if line.strip()]
    best, score = "", 0.0
    for sign in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        except csv.Error:
            continue
        counted = Counter(width for width in widths if width > 1)
        if not counted:
            continue
        width, often = counted.most_common(1)[0]
        # Commas and bars also stand in prose: they need nearly every line to agree.
        share = often / len(widths)
        if sign in ",|" and share < 0.6:
            continue
        value = share * (1 + min(width, 10) / 100) + (0.2 if sign == "\t" else 0)
        if value > score:
            best, score = sign, value
    return best


def _split(text: str, sign: str) -> list[list[str]]:
    if not sign:
        return [[cell_text(line)] for line in text.split("\n")[: MAX_ROWS * 4]]
    try:
        csv.field_size_limit(100_000)
        reader = csv.reader(io.StringIO(text), delimiter=sign)
        return [
            [cell_text(cell) for cell in row[: 4 * MAX_COLUMNS]]
            for _count, row in zip(range(MAX_ROWS * 4), reader, strict=False)
        ]
    except csv.Error as error:
        raise Refused(Why.BROKEN) from error


_FIELD = re.compile(r"^\s*(?:To|Cc|Till|Kopia|Vastaanottaja|Kopio)\s*:", re.MULTILINE)


def _mail_addresses(text: str) -> list[list[str]] | None:
    """Rows of name and address when the text is a list out of a mail's To line; None when it is not.

    Outlook divides with ";" and writes "Surname Name (Organisation) <a@b>"; others divide with ",".
    """
    if "<" not in text or "@" not in text:
        return None
    rows, left = [], []
    *entries, rest = text.split(">")  # cut by hand: a pattern would take minutes on hostile text
    for entry in entries:
        head, _sign, address = entry.rpartition("<")
        at = head.rfind("@")  # a bare address before this entry ends at its comma
        place = max(head.rfind(";"), head.rfind("\n"), head.find(",", at) if at >= 0 else -1) + 1
        if "@" not in address or len(address) > 254 or re.search(r"[\s<]", address) or len(head) - place > 300:
            return None
        left.append(head[:place])
        rows.append(_person_row(f"{_FIELD.sub('', head[place:].strip()).strip(' ,;')} <{address}>"))
        if len(rows) > MAX_ROWS:
            raise Refused(Why.TOO_MANY_ROWS, limit=MAX_ROWS)
    # Left over, beside the entries, may stand only the dividing signs, bare addresses and "To:".
    words = [word for word in re.split(r"[\s,;]+", "\n".join([*left, rest])) if word]
    bare = [word for word in words if "@" in word]
    if not rows or any("@" not in word and not _FIELD.fullmatch(word) for word in words):
        return None
    rows.extend(["", address, ""] for address in bare)
    return rows


def _in_prose(text: str) -> Table:
    """The addresses of running text, each with the name that stands before it; lines without one are left out."""
    rows: list[list[str]] = []
    left_out = 0
    for line in text.split("\n"):
        end, found = 0, len(rows)
        for word in _WORD.finditer(line[:20_000]):
            if "@" not in word[0].strip("@"):
                continue
            before = re.split(r"[;:>\n]", line[end : word.start()])[-1].strip(" ,<\t-–•*")
            name, address, organisation = _person_row(f"{before} <{word[0].strip('.')}>")
            rows.append([_name_at_end(name), address, organisation])
            end = word.end()
        left_out += bool(line.strip()) and len(rows) == found
        if len(rows) > MAX_ROWS:
            raise Refused(Why.TOO_MANY_ROWS, limit=MAX_ROWS)
    table = gather(enumerate([["Name", "E-mail", "Organisation"], *rows]))
    table.notes.append((Note.PROSE, {"count": left_out}))
    return table


_WORD = re.compile(r"[^\s<>()\[\],;:\"|]+")


def _name_at_end(words: str) -> str:
    """The last words that begin with a capital: "tässä Ritva Salo" → "Ritva Salo"."""
    kept: list[str] = []
    for word in reversed(words.split()):
        if not word[:1].isupper() or len(kept) == 4:
            break
        kept.insert(0, word)
    return " ".join(kept)


def _person_row(entry: str) -> list[str]:
    """[name, address, organisation] of "Mäkivaara, Terttu (Omaistuki ry) <t@o.fi>"."""
    label, _sign, address = entry.rpartition("<")
    if label.count('"') == 2 and label.strip().startswith('"'):
        label = getaddresses([f"{label.strip()} <x@x.fi>"])[0][0] or label
    organisation = ""
    if inside := re.search(r"\(([^()]+)\)\s*$", label.strip()):
        organisation, label = inside[1], label[: label.rindex("(")]
    name = " ".join(label.strip(" ,;\"'").split())
    if (turned := re.fullmatch(r"([^,]+),\s*([^,]+)", name)) and len(name) < 80:
        name = f"{turned[2]} {turned[1]}"
    return [cell_text(name), cell_text(address.rstrip(">").strip()), cell_text(organisation)]
