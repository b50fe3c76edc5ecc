"""Real files, made on the spot: what leaders, spreadsheet programs and attackers send."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import CoveredTableCell, Table, TableCell, TableRow
from odf.text import P

HEADER = ["Organisaatio", "Y-tunnus", "Yhteyshenkilö", "Sähköposti", "Puhelin", "Kieli", "Kunta", "Huom", "Kuka kutsuu"]
ROWS = [
    HEADER,
    ["Lyhty ry", "0201256-6", "Aino Lehtovaara", "aino@lyhty.example", "040 123 4567", "suomi", "Espoo", "", ""],
    [
        "Skärgårdens Grannhjälp rf",
        "",
        "Börje Skärlundh",
        "borje@grannhjalp.example",
        "",
        "svenska",
        "Pargas",
        "",
        "Aino",
    ],
    ["Koivulahden kaupunki", "", "", "kirjaamo@koivulahti.example", "", "", "", "virallinen", ""],
]


def xlsx(rows=None, *, sheets=(), merges=(), title=None) -> bytes:
    """A workbook by openpyxl; formulas stay without saved values."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Lista"
    if title:
        sheet.append([title])
    for row in ROWS if rows is None else rows:
        sheet.append(row)
    for ref in merges:
        sheet.merge_cells(ref)
    for name in sheets:
        book.create_sheet(name).append(["muuta"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_with_formulas() -> bytes:
    """As Excel saves them: a formula and its last value; one formula was never calculated."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Organisaatio", "Sähköposti"])
    sheet.write_formula(1, 0, '=CONCATENATE("Lyhty"," ry")', None, "Lyhty ry")
    sheet.write(1, 1, "aino@lyhty.example")
    sheet.write_formula(2, 0, "=A9", None, "")
    sheet.write(2, 1, "toinen@lyhty.example")
    sheet.write_formula(3, 0, "=A9/0", None, "#DIV/0!")
    sheet.write(3, 1, "kolmas@lyhty.example")
    book.close()
    return out.getvalue()


def big_xlsx(count: int) -> bytes:
    """A register of ``count`` rows, as a membership system exports it."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER)
    for number in range(1, count + 1):
        sheet.write_row(number, 0, [f"Yhdistys {number} ry", "", f"Nimi Sukunimi{number}", f"n{number}@example.org"])
    book.close()
    return out.getvalue()


def ods(rows=None, *, formula=False, span=None) -> bytes:
    """A document by odfpy; ``span`` = (row, column, rows): merged downwards."""
    document = OpenDocumentSpreadsheet()
    table = Table(name="Lista")
    for r, row in enumerate(ROWS if rows is None else rows):
        line = TableRow()
        for c, value in enumerate(row):
            if span and c == span[1] and span[0] < r < span[0] + span[2]:
                cell = CoveredTableCell()
            else:
                more = {"numberrowsspanned": span[2], "numbercolumnsspanned": 1} if span and (r, c) == span[:2] else {}
                cell = TableCell(valuetype="string", **more)
                cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    if formula:
        line = TableRow()
        line.addElement(TableCell(formula="of:=[.A1]&[.A9]"))
        line.addElement(TableCell(valuetype="string"))
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def csv(rows=None, *, sign=";", encoding="utf-8-sig", newline="\r\n") -> bytes:
    text = newline.join(sign.join(row) for row in (ROWS if rows is None else rows)) + newline
    return text.encode(encoding)


def repack(data: bytes, change=None, add=()) -> bytes:
    """The same parcel with entries changed (``change``: name → bytes) or added ((name or ZipInfo, bytes))."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(entry.filename, (change or {}).get(entry.filename, old.read(entry)))
        for name, content in add:
            new.writestr(name, content)
    return out.getvalue()


def zip_bomb(megabytes: int = 600) -> bytes:
    """A workbook whose one sheet unpacks to ``megabytes`` of spaces (a few kilobytes packed)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as parcel:
        parcel.writestr("[Content_Types].xml", "<Types/>")
        parcel.writestr("xl/workbook.xml", "<workbook/>")
        with parcel.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            block = b" " * (1 << 20)
            for _megabyte in range(megabytes):
                sheet.write(block)
    return out.getvalue()


def lying_bomb() -> bytes:
    """A parcel whose list of contents says that the sheet is small, though it unpacks to 300 MB."""
    data = bytearray(zip_bomb(300))
    place = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, place + 24, 5000)  # uncompressed size in the central directory
    return bytes(data)


def encrypted_workbook() -> bytes:
    """The beginning of a workbook with a password: an OLE container that names an EncryptedPackage."""
    names = "".join(f"{name:<32}" for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + names.encode("utf-16-le") + b"\x00" * 512


def old_workbook() -> bytes:
    """The beginning of an .xls of 2003."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504 + "Root Entry Workbook".encode("utf-16-le") + b"\x00" * 512
    )
