"""Tables as they come: every format, encoding and way of pasting, and everything that has to be refused."""

import contextlib
import io
import resource
import time
import tracemalloc
import zipfile

import pytest

from kutomo.ground.tables import MAX_ROWS, NO_VALUE, Note, Refused, Why, read_file, read_pasted

from . import makers


def why(data: bytes, name: str = "lista.xlsx") -> Why:
    with pytest.raises(Refused) as refused:
        read_file(data, name)
    return refused.value.why


def notes(table):
    return dict(table.notes)


# --- what can be read -----------------------------------------------------------------------------


def test_xlsx_is_read():
    table = read_file(makers.xlsx(), "lista.xlsx")
    assert table.rows == makers.ROWS
    assert table.numbers == [1, 2, 3, 4]
    assert table.notes == []


def test_ods_is_read():
    table = read_file(makers.ods(), "lista.ods")
    assert table.rows == makers.ROWS
    assert table.notes == []


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8-sig", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
)
def test_csv_is_read_with_every_delimiter_and_encoding(sign, encoding):
    table = read_file(makers.csv(sign=sign, encoding=encoding), "lista.csv")
    assert table.rows == makers.ROWS


def test_csv_with_sep_line_quotes_and_line_breaks_in_cells():
    data = b'sep=,\r\nOrganisaatio,Huom\r\n"Lyhty, ry","eka rivi\r\ntoka ""rivi"""\r\n'
    assert read_file(data, "lista.csv").rows == [["Organisaatio", "Huom"], ["Lyhty, ry", 'eka rivi toka "rivi"']]


def test_mac_line_ends_are_understood():
    assert read_file(makers.csv(newline="\r", encoding="mac_roman"), "lista.csv").rows == makers.ROWS


def test_numbers_and_days_become_text():
    import datetime

    table = read_file(
        makers.xlsx([["Organisaatio", "Puhelin", "Huom"], ["Lyhty ry", 401234567.0, datetime.date(2026, 2, 3)]]),
        "a.xlsx",
    )
    assert table.rows[1] == ["Lyhty ry", "401234567", "2026-02-03"]


def test_a_formula_gives_its_saved_value_and_is_marked_without_one():
    table = read_file(makers.xlsx_with_formulas(), "lista.xlsx")
    assert table.rows[1][0] == "Lyhty ry"
    assert table.rows[2][0] == NO_VALUE
    assert table.rows[3][0] == "#DIV/0!"
    openpyxl_never_calculates = read_file(
        makers.xlsx([["Organisaatio", "Huom"], ['=CONCATENATE("a","b")', "x"]]), "a.xlsx"
    )
    assert openpyxl_never_calculates.rows[1][0] == NO_VALUE


def test_a_formula_without_value_in_ods_is_marked():
    assert read_file(makers.ods([["Nimi", "x"]], formula=True), "a.ods").rows[1][0] == NO_VALUE


def test_merged_cells_give_their_first_value_downwards_and_are_told():
    rows = [["Organisaatio", "Henkilö"], ["Lyhty ry", "Aino Aho"], [None, "Bo Berg"], [None, "Cia Ceder"]]
    table = read_file(makers.xlsx(rows, merges=["A2:A4"]), "lista.xlsx")
    assert [row[0] for row in table.rows[1:]] == ["Lyhty ry"] * 3
    assert notes(table)[Note.MERGED] == {"count": 1, "example": "A2:A4"}
    table = read_file(makers.ods([[c or "" for c in row] for row in rows], span=(1, 0, 3)), "lista.ods")
    assert [row[0] for row in table.rows[1:]] == ["Lyhty ry"] * 3
    assert notes(table)[Note.MERGED]["count"] == 1


def test_a_title_merged_over_the_width_stays_one_cell():
    table = read_file(makers.xlsx(title="Kutsuttavat 2026", merges=["A1:I1"]), "lista.xlsx")
    assert table.rows[0] == ["Kutsuttavat 2026"] + [""] * 8


def test_other_sheets_and_a_wrong_extension_are_told():
    table = read_file(makers.xlsx(sheets=["Vanhat"]), "lista.csv")
    assert notes(table) == {
        Note.OTHER_SHEETS: {"sheet": "Lista", "count": 1},
        Note.WRONG_EXTENSION: {"found": "Excel", "name": "lista.csv"},
    }
    assert notes(read_file(makers.csv(), "lista.xlsx"))[Note.WRONG_EXTENSION]["found"] == "CSV"
    assert read_file(makers.ods(), "lista.xlsx").rows == makers.ROWS


def test_a_sheet_formatted_to_its_last_row_is_quick():
    data = makers.xlsx()
    book = zipfile.ZipFile(io.BytesIO(data))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(5, 200_000))
    data = makers.repack(
        data, {"xl/worksheets/sheet1.xml": sheet.replace("</sheetData>", empty + "</sheetData>").encode()}
    )
    began = time.monotonic()
    assert len(read_file(data, "lista.xlsx").rows) == 4
    assert time.monotonic() - began < 5


# --- text out of a mail or a sheet ----------------------------------------------------------------


def test_a_block_of_a_sheet_is_read():
    assert read_pasted("Lyhty ry\tAino Aho\taino@lyhty.example\nKaiku ry\t\tinfo@kaiku.example\n").rows == [
        ["Lyhty ry", "Aino Aho", "aino@lyhty.example"],
        ["Kaiku ry", "", "info@kaiku.example"],
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Aino Aho <aino@lyhty.example>, Bo Berg <bo@kaiku.example>",
        "Aino Aho <aino@lyhty.example>; Bo Berg <bo@kaiku.example>;",
        "Vastaanottaja: Aho, Aino <aino@lyhty.example>; Berg, Bo <bo@kaiku.example>",
        '"Aho, Aino" <aino@lyhty.example>,\n  Bo Berg <bo@kaiku.example>',
        "Aino Aho <aino@lyhty.example>\nBo Berg <bo@kaiku.example>\n",
    ],
)
def test_addresses_out_of_a_mail_are_read(text):
    assert [row[:2] for row in read_pasted(text).rows[1:]] == [
        ["Aino Aho", "aino@lyhty.example"],
        ["Bo Berg", "bo@kaiku.example"],
    ]


def test_an_organisation_in_brackets_and_bare_addresses_are_read():
    rows = read_pasted("Aho Aino (Lyhty ry) <aino@lyhty.example>; info@kaiku.example").rows
    assert rows[1:] == [["Aho Aino", "aino@lyhty.example", "Lyhty ry"], ["", "info@kaiku.example", ""]]


def test_addresses_in_running_text_are_read_with_the_names_before_them():
    table = read_pasted(
        'Hei Marjut, tässä niitä nimiä: Ritva Salo <ritva@spr.example>, "Kettunen, Jorma" <jorma@kylat.example>; '
        "Fatima Ali fatima@monika.example\nterveisin Pirjo"
    )
    assert table.rows[1:] == [
        ["Ritva Salo", "ritva@spr.example", ""],
        ["Jorma Kettunen", "jorma@kylat.example", ""],
        ["Fatima Ali", "fatima@monika.example", ""],
    ]
    assert notes(table) == {Note.PROSE: {"count": 1}}


def test_hostile_running_text_is_read_quickly():
    began = time.monotonic()
    read_pasted("a @b " * 3_000 + "<" * 20_000)
    assert time.monotonic() - began < 5


def test_plain_lines_are_organisations():
    assert read_pasted("Lyhty ry\n\nKaiku ry\n").rows == [["Lyhty ry"], ["Kaiku ry"]]
    assert read_pasted("Lyhty ry\n\nKaiku ry\n").numbers == [1, 3]


def test_prose_with_commas_is_not_split():
    assert read_pasted("Tuki, apu ja ilo ry\nKaiku ry\nLyhty ry\n").rows[0] == ["Tuki, apu ja ilo ry"]


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"   \r\n ", makers.xlsx([]), makers.ods([]), makers.csv([])])
def test_an_empty_table_is_refused(data):
    assert why(data) == Why.EMPTY


def test_nothing_pasted_is_refused():
    with pytest.raises(Refused) as refused:
        read_pasted(" \n\t\n")
    assert refused.value.why == Why.EMPTY


def test_fifty_thousand_rows_are_refused_quickly_and_in_little_memory():
    data = makers.big_xlsx(50_000)
    tracemalloc.start()
    began = time.monotonic()
    assert why(data) == Why.TOO_MANY_ROWS
    spent = time.monotonic() - began
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 60 * 1024 * 1024, peak
    assert spent < 30  # generous: tracing slows it several times


def test_fifty_thousand_rows_of_csv_are_refused():
    data = makers.csv([makers.HEADER] + [[f"Yhdistys {n} ry"] + [""] * 8 for n in range(50_000)])
    assert why(data, "lista.csv") == Why.TOO_MANY_ROWS


def test_the_limit_itself_is_read():
    table = read_file(makers.big_xlsx(MAX_ROWS), "lista.xlsx")
    assert len(table.rows) == MAX_ROWS + 1
    assert why(makers.big_xlsx(MAX_ROWS + 1)) == Why.TOO_MANY_ROWS


def test_too_many_columns_are_refused():
    assert why(makers.xlsx([["a"] * 61])) == Why.TOO_MANY_COLUMNS


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    data = makers.zip_bomb()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    assert why(data) == Why.BOMB
    assert time.monotonic() - began < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20 * 1024  # kilobytes


def test_a_bomb_that_lies_about_its_size_is_refused():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert why(makers.lying_bomb()) in (Why.BROKEN, Why.BOMB)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024


def test_a_parcel_of_many_entries_or_of_parcels_is_refused():
    assert why(makers.repack(makers.xlsx(), add=[(f"xl/extra{n}.xml", b"<x/>") for n in range(120)])) == Why.BOMB
    assert why(makers.repack(makers.xlsx(), add=[("xl/embeddings/inner.zip", makers.zip_bomb(2))])) == Why.BOMB


def test_names_that_climb_and_links_are_refused():
    assert why(makers.repack(makers.xlsx(), add=[("../evil.xml", b"x")])) == Why.BROKEN
    link = zipfile.ZipInfo("xl/link.xml")
    link.external_attr = 0o120777 << 16
    assert why(makers.repack(makers.xlsx(), add=[(link, b"/etc/passwd")])) == Why.BROKEN


def test_a_password_is_told():
    assert why(makers.encrypted_workbook()) == Why.PASSWORD
    manifest = b'<manifest:manifest xmlns:manifest="x"><manifest:encryption-data/></manifest:manifest>'
    assert why(makers.repack(makers.ods(), {"META-INF/manifest.xml": manifest}), "a.ods") == Why.PASSWORD


def test_a_zip_with_a_password_is_told():
    data = bytearray(makers.xlsx())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(mark, place + 4)
    assert why(bytes(data)) == Why.PASSWORD


def test_old_excel_macros_and_links_to_other_workbooks_are_told():
    assert why(makers.old_workbook(), "lista.xls") == Why.OLD_EXCEL
    assert why(makers.repack(makers.xlsx(), add=[("xl/vbaProject.bin", b"x")]), "lista.xlsm") == Why.MACROS
    assert (
        why(makers.repack(makers.xlsx(), add=[("xl/externalLinks/externalLink1.xml", b"<x/>")])) == Why.EXTERNAL_LINKS
    )


def test_entities_are_refused():
    laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst>&b;</sst>'
    for text in (laughs.encode(), laughs.encode("utf-16")):
        assert why(makers.repack(makers.xlsx(), add=[("xl/evil.xml", text)])) == Why.ENTITIES
        assert why(makers.repack(makers.ods(), {"content.xml": text}), "a.ods") == Why.ENTITIES


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"\x89PNG\r\n\x1a\n....", "PNG"),
        (b"<html><table><tr><td>Lyhty ry</td></tr></table></html>", "HTML"),
        (b'<?xml version="1.0"?><Workbook/>', "XML"),
    ],
)
def test_another_kind_of_file_is_told_by_its_name(data, found):
    with pytest.raises(Refused) as refused:
        read_file(data, "lista.xlsx")
    assert (refused.value.why, refused.value.params) == (Why.OTHER_KIND, {"found": found})


def test_a_word_document_is_told():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as parcel:
        parcel.writestr("word/document.xml", "<x/>")
    with pytest.raises(Refused) as refused:
        read_file(out.getvalue(), "lista.docx")
    assert refused.value.params == {"found": "Word"}


def test_damaged_files_are_refused_and_never_crash():
    good = makers.xlsx()
    for place in range(0, len(good), 37):
        broken = good[:place] + bytes([good[place] ^ 0xFF]) + good[place + 1 :]
        with contextlib.suppress(Refused):
            read_file(broken, "lista.xlsx")
    assert why(good[: len(good) // 2]) == Why.BROKEN
    assert why(b"\x00\x01\x02\x03" * 200, "lista.csv") == Why.ENCODING


def test_a_file_over_ten_megabytes_is_refused():
    with pytest.raises(Refused) as refused:
        read_file(b"a;b\n" * 3_000_000, "lista.csv")
    assert refused.value.params == {"limit": 10}


ROW = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
CELL = '<c t="inlineStr"><is><t>abc</t></is></c>'


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda: ROW % f'<row r="1">{CELL * 60_000}</row>', Why.TOO_MANY_COLUMNS),  # one row of sixty thousand cells
        (lambda: "<worksheet>" + "<a>" * 1_600_000, Why.TOO_MANY_ROWS),  # deep beyond any parser's liking
        (lambda: ROW % ("<!-- " + "x" * (17 * 1024 * 1024) + " -->"), Why.TOO_MANY_ROWS),
    ],
)
def test_what_would_cost_a_parser_minutes_is_refused_at_once(make, expected):
    # Noise beside it, so that the ratio of packing alone does not give it away.
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(makers.xlsx())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new:
        for entry in old.infolist():
            sheet = entry.filename == "xl/worksheets/sheet1.xml"
            new.writestr(entry.filename, make() if sheet else old.read(entry))
    data = out.getvalue()
    if len(data) > 10 * 1024 * 1024:
        data = makers.repack(data)
    began = time.monotonic()
    assert why(data) in (expected, Why.BOMB)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    "data",
    [
        ("x" * 100_000 + "\n") * 90,
        "a;" * 4_000_000,
        '"' + "a\n" * 4_000_000,
        "<" * 500_000,
        "a<b " * 500_000,
        "x@" * 500_000,
        "aa" + " " * 8_000_000 + "<b@c>",
        "<a@b>" * 1_000_000,
    ],
)
def test_hostile_text_costs_no_time(data):
    began = time.monotonic()
    with contextlib.suppress(Refused):
        read_file(data.encode(), "lista.csv")
    assert time.monotonic() - began < 4
