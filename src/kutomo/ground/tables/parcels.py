"""What a file is, by its content, and whether a zipped one is safe; nothing is unpacked before this."""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from itertools import pairwise
from typing import IO

from .refusals import Refused, Why
from .table import MAX_COLUMNS, MAX_ROWS

MAX_ENTRIES = 100
MAX_UNPACKED = 50 * 1024 * 1024
MAX_RATIO = 100
RATIO_FROM = 1024 * 1024  # entries that unpack to less cannot hurt, however well they pack

MAX_PART = 16 * 1024 * 1024  # five thousand rows of sixty columns need less
MAX_ELEMENTS = 1_500_000
MAX_ROW_BYTES = 512 * 1024

_ROW_END = re.compile(rb"</(?:\w+:)?(?:row|table-row)>")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|table-cell)[\s>]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Beginnings of files that people send instead of a table.
_OTHERS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"{\\rtf", "RTF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
)


def kind_of(data: bytes) -> str:
    """ "xlsx", "ods", "html", "xml-2003" or "text" by content; the name's ending is never believed.

    Raises Refused for everything that is no table, with what it is instead.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise Refused(Why.EMPTY)
    if data.startswith(_OLE):
        # A workbook with a password is an old-style container around the encrypted new one.
        encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Refused(Why.PASSWORD if encrypted else Why.OLD_EXCEL)
    for start, name in _OTHERS:
        if data.startswith(start):
            raise Refused(Why.OTHER_KIND, found=name)
    if data.startswith(b"PK"):
        return _zipped_kind(data)
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta")):
        raise Refused(Why.OTHER_KIND, found="HTML")
    if head.startswith(b"<?xml"):
        raise Refused(Why.OTHER_KIND, found="XML")
    return "text"


def _zipped_kind(data: bytes) -> str:
    archive = open_parcel(data)
    names = set(archive.namelist())
    if "xl/vbaProject.bin" in names:
        raise Refused(Why.MACROS)
    if "mimetype" in names:
        mime = archive.read("mimetype")[:100].decode("ascii", "replace").strip()
        if "opendocument.spreadsheet" in mime:
            return "ods"
        raise Refused(Why.OTHER_KIND, found="OpenDocument")
    if "xl/workbook.xml" in names:
        if any(name.startswith("xl/externalLinks/") for name in names):
            raise Refused(Why.EXTERNAL_LINKS)
        return "xlsx"
    if "word/document.xml" in names:
        raise Refused(Why.OTHER_KIND, found="Word")
    if "xl/workbook.bin" in names:
        raise Refused(Why.OTHER_KIND, found="Excel .xlsb")
    if any(name.endswith(".iwa") for name in names):
        raise Refused(Why.OTHER_KIND, found="Numbers, Pages")
    raise Refused(Why.OTHER_KIND, found="zip")


def open_parcel(data: bytes) -> zipfile.ZipFile:
    """The archive, checked by its list of contents: number, size and ratio of entries, names, links.

    Python reads no more of an entry than this list promises, so the limits hold for a lying list too.
    Raises Refused.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise Refused(Why.BROKEN) from error
    total = 0
    if len(entries) > MAX_ENTRIES:
        raise Refused(Why.BOMB)
    for entry in entries:
        total += entry.file_size
        packed = max(entry.compress_size, 1)
        if total > MAX_UNPACKED or (entry.file_size > RATIO_FROM and entry.file_size / packed > MAX_RATIO):
            raise Refused(Why.BOMB)
        if entry.flag_bits & 0x1:
            raise Refused(Why.PASSWORD)
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ".." in name.split("/") or re.match(r"[A-Za-z]:", name):
            raise Refused(Why.BROKEN)
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise Refused(Why.BROKEN)
        if name.lower().endswith((".zip", ".7z", ".rar", ".gz", ".xlsx", ".ods", ".xlsm")):
            raise Refused(Why.BOMB)
    return archive


def look_through(archive: zipfile.ZipFile) -> frozenset[str]:
    """Read every XML part once as bytes, before any parser does; returns the parts that hold formulas.

    Refuses a document type (no program writes one, and entities can grow without end), and what would cost a
    parser minutes or a gigabyte: parts, rows and numbers of elements far beyond a list of names.
    """
    with_formulas = set()
    for entry in archive.infolist():
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        if entry.file_size > MAX_PART:
            raise Refused(Why.TOO_MANY_ROWS, limit=MAX_ROWS)
        try:
            with archive.open(entry) as stream:
                if _look_through_part(stream):
                    with_formulas.add(entry.filename)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise Refused(Why.BROKEN) from error
    return frozenset(with_formulas)


def _look_through_part(stream: IO[bytes]) -> bool:
    """Whether the part holds a formula. Raises Refused."""
    tail, elements, in_row, has_formula = b"", 0, 0, False
    while chunk := stream.read(1 << 18):
        # The zeros of UTF-16 are taken out so that its letters stand side by side.
        window = (tail + chunk).replace(b"\x00", b"")
        upper = window.upper()
        if b"<!DOCTYPE" in upper or b"<!ENTITY" in upper:
            raise Refused(Why.ENTITIES)
        elements += chunk.count(b"<")
        if elements > MAX_ELEMENTS:
            raise Refused(Why.TOO_MANY_ROWS, limit=MAX_ROWS)
        ends = [found.start() for found in _ROW_END.finditer(window)]
        gaps = [later - earlier for earlier, later in pairwise(ends)]
        if max([*gaps, in_row + (ends[0] if ends else len(chunk))]) > MAX_ROW_BYTES and _CELL.search(window):
            raise Refused(Why.TOO_MANY_COLUMNS, limit=MAX_COLUMNS)
        in_row = len(window) - ends[-1] if ends else in_row + len(chunk)
        has_formula = has_formula or b"<f>" in window or b"<f " in window
        tail = chunk[-32:]
    return has_formula
