"""Columns, cells, likeness and states: what is true without a database."""

import itertools

import pytest

from kutomo.ground.tables import NO_VALUE, read_pasted
from kutomo.ground.tables.tests import makers
from kutomo.work.candidates.rules import columns, likeness, states
from kutomo.work.candidates.rules.addresses import BadAddress, email, phone
from kutomo.work.candidates.rules.columns import Column
from kutomo.work.candidates.rules.entries import Entry, likely_language, read_cell, read_row, read_rows
from kutomo.work.candidates.rules.flaws import Flaw
from kutomo.work.candidates.rules.states import Deed, Reply, State, move

# --- addresses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aino@lyhty.example", "aino@lyhty.example"),
        (" Aino.Aho@LYHTY.Example ", "Aino.Aho@lyhty.example"),
        ("mailto:aino@lyhty.example", "aino@lyhty.example"),
        ("Aino Aho <aino@lyhty.example>", "aino@lyhty.example"),
        ("aino@lyhty.example.", "aino@lyhty.example"),
        ("aino (at) lyhty.example", "aino@lyhty.example"),
        ("aino\u200b@lyhty.example\u00a0", "aino@lyhty.example"),
        ("o'hara+kutomo@example.co.uk", "o'hara+kutomo@example.co.uk"),
    ],
)
def test_an_address_is_unwrapped(text, expected):
    assert email(text) == expected


@pytest.mark.parametrize(
    ("text", "flaw", "suggestion"),
    [
        ("aino lehtovaara@lyhty.example", Flaw.EMAIL_BLANK, "ainolehtovaara@lyhty.example"),
        ("aino@ lyhty.example", Flaw.EMAIL_BLANK, "aino@lyhty.example"),
        ("päivi.mäki@lyhty.example", Flaw.EMAIL_LETTER, "paivi.maki@lyhty.example"),
        ("päivi mäki@lyhty.example", Flaw.EMAIL_BLANK, "paivimaki@lyhty.example"),
        ("aino@järjestö.fi", Flaw.EMAIL_LETTER, "aino@jarjesto.fi"),
        ("aino.lyhty.example", Flaw.EMAIL_NO_AT, ""),
        ("aino@@lyhty.example", Flaw.EMAIL_TWO_AT, ""),
        ("aino@lyhty,example", Flaw.EMAIL_COMMA, "aino@lyhty.example"),
        ("aino..aho@lyhty.example", Flaw.EMAIL_DOTS, "aino.aho@lyhty.example"),
        ("@lyhty.example", Flaw.EMAIL_NO_NAME, ""),
        ("aino@lyhty", Flaw.EMAIL_NO_DOMAIN, ""),
        ("aino@lyhty.example; bo@kaiku.example", Flaw.EMAIL_MANY, ""),
        ("aino@lyhty.example, bo@kaiku.example", Flaw.EMAIL_MANY, ""),
        ("aino@-lyhty.example", Flaw.EMAIL_OTHER, ""),
        ("a" * 65 + "@lyhty.example", Flaw.EMAIL_OTHER, ""),
        ("aino@lyhty.example\r\nBcc: x@y.example", Flaw.EMAIL_TWO_AT, ""),
    ],
)
def test_a_slip_in_an_address_is_named(text, flaw, suggestion):
    with pytest.raises(BadAddress) as bad:
        email(text)
    assert (bad.value.flaw, bad.value.suggestion) == (flaw, suggestion)


def test_the_odd_letter_is_named():
    with pytest.raises(BadAddress) as bad:
        email("björn@lyhty.example")
    assert bad.value.letter == "ö"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("040 123 4567", "040 123 4567"),
        ("401234567", "0401234567"),  # the sheet dropped the zero
        ("+358 40 1234567", "+358 40 1234567"),
        ("puh. 09-123456", "09-123456"),
        ("soita", None),
        ("12", None),
    ],
)
def test_phone(text, expected):
    assert phone(text) == expected


# --- columns --------------------------------------------------------------------------------------

C = Column


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (makers.HEADER,
         [C.ORGANISATION, C.BUSINESS_ID, C.PERSON, C.EMAIL, C.PHONE, C.LANGUAGE, C.MUNICIPALITY, C.NOTE, C.INVITER]),
        (["Förening", "FO-nummer", "Kontaktperson", "E-postadress", "Telefon", "Språk", "Hemkommun",
          "Anmärkning", "Vem bjuder in"],
         [C.ORGANISATION, C.BUSINESS_ID, C.PERSON, C.EMAIL, C.PHONE, C.LANGUAGE, C.MUNICIPALITY, C.NOTE, C.INVITER]),
        (["Organization name", "Business ID", "Contact person", "E-mail", "Phone", "Language", "City",
          "Comments", "Who invites"],
         [C.SKIP, C.BUSINESS_ID, C.PERSON, C.EMAIL, C.PHONE, C.LANGUAGE, C.MUNICIPALITY, C.NOTE, C.INVITER]),
        (["Sukunimi", "Etunimi", "S-posti", "Järjestön nimi"], [C.LAST_NAME, C.FIRST_NAME, C.EMAIL, C.ORGANISATION]),
    ],
)  # fmt: skip
def test_headers_in_three_languages(header, expected):
    if expected[0] == C.SKIP:
        expected = [C.ORGANISATION, *expected[1:]]
    assert columns.guess([header, ["x"] * len(header)], 0) == expected


def test_a_title_above_the_header_is_passed_over():
    rows = [
        ["Kutsuttavat keväällä", "", ""],
        ["", "", ""],
        ["Järjestö", "Nimi", "Sähköposti"],
        ["Lyhty ry", "Aino Aho", "a@b.example"],
    ]
    assert columns.find_header(rows) == 2
    assert columns.guess(rows, 2) == [C.ORGANISATION, C.PERSON, C.EMAIL]


def test_a_name_is_a_person_or_an_organisation_by_what_stands_below():
    assert columns.guess([["Nimi", "Sähköposti"], ["Aino Aho", "a@b.example"], ["Bo Berg", ""]], 0) == [
        C.PERSON,
        C.EMAIL,
    ]
    assert columns.guess([["Nimi", "Sähköposti"], ["Lyhty ry", "a@b.example"], ["Kaiku ry", ""]], 0) == [
        C.ORGANISATION,
        C.EMAIL,
    ]


def test_a_strange_heading_loses_no_addresses_and_no_organisations():
    rows = [["Nimi", "Taho/paikka?", "Minne kirjoitan"], ["Aino Aho", "Lyhty ry", "aino@lyhty.example"]]
    assert columns.guess(rows, 0) == [C.PERSON, C.ORGANISATION, C.EMAIL]


@pytest.mark.parametrize(
    ("name", "language"),
    [("Skärgårdens Grannhjälp rf", "sv"), ("Åbo svenska församling", "sv"), ("Kaiku ry", ""), ("", "")],
)
def test_a_swedish_name_is_written_to_in_swedish(name, language):
    assert likely_language(name) == language


def test_without_a_header_the_contents_decide():
    rows = [
        ["Lyhty ry", "Aino Aho", "aino@lyhty.example", "040 123 4567", "0201256-6", "Espoo", "sv"],
        ["Kaiku ry", "Bo Berg", "bo@kaiku.example", "050 765 4321", "", "Turku", "fi"],
    ]
    assert columns.find_header(rows) == -1
    assert columns.guess(rows, -1) == [
        C.ORGANISATION,
        C.PERSON,
        C.EMAIL,
        C.PHONE,
        C.BUSINESS_ID,
        C.MUNICIPALITY,
        C.LANGUAGE,
    ]


def test_a_pasted_mail_list_has_plain_columns():
    table = read_pasted("Aho Aino (Lyhty ry) <aino@lyhty.example>; info@kaiku.example")
    header = columns.find_header(table.rows)
    entries = read_rows(table.rows, table.numbers, header, columns.guess(table.rows, header))
    assert [(e.person, e.email, e.organisation) for e in entries] == [
        ("Aho Aino", "aino@lyhty.example", "Lyhty ry"),
        ("", "info@kaiku.example", ""),
    ]


def test_a_list_of_one_column_is_a_list_of_organisations():
    assert columns.guess([["Kävelyporukka"], ["Naapurit"]], -1) == [C.ORGANISATION]


# --- rows -----------------------------------------------------------------------------------------


def test_a_row_becomes_a_candidate():
    mapping = columns.guess(makers.ROWS, 0)
    first, second, third = read_rows(makers.ROWS, [1, 2, 3, 4], 0, mapping)
    assert (first.business_id, first.person, first.municipality, first.language) == (
        "0201256-6",
        "Aino Lehtovaara",
        "049",
        "fi",
    )
    assert (second.language, second.municipality, second.inviter) == ("sv", "445", "Aino")
    assert third.note == "virallinen"
    assert all(entry.is_good and not entry.problems for entry in (first, second, third))


def test_first_and_last_name_are_joined():
    assert read_row(["Aho", "Aino"], [C.LAST_NAME, C.FIRST_NAME], 2).person == "Aino Aho"


@pytest.mark.parametrize(
    ("column", "text", "flaw"),
    [
        (C.EMAIL, "päivi@lyhty.example", Flaw.EMAIL_LETTER),
        (C.BUSINESS_ID, "1234567-8", Flaw.BUSINESS_ID),
        (C.PHONE, "soita illalla", Flaw.PHONE),
        (C.ORGANISATION, "x" * 201, Flaw.TOO_LONG),
        (C.ORGANISATION, NO_VALUE, Flaw.FORMULA),
        (C.ORGANISATION, "#VIITTAUS!", Flaw.SHEET_ERROR),
    ],
)
def test_a_bad_cell_stops_its_row(column, text, flaw):
    value, problem = read_cell(column, text)
    assert value == ""
    assert (problem.flaw, problem.stops) == (flaw, True)
    entry = read_row(["Kaiku ry", text], [C.ORGANISATION if column != C.ORGANISATION else C.NOTE, column], 7)
    assert not entry.is_good
    assert entry.problems[0].column == 1


def test_an_unknown_place_or_language_is_kept_as_a_note():
    entry = read_row(["Lyhty ry", "Atlantis", "viro"], [C.ORGANISATION, C.MUNICIPALITY, C.LANGUAGE], 2)
    assert entry.is_good
    assert entry.note == "Atlantis viro"
    assert [problem.flaw for problem in entry.problems] == [Flaw.MUNICIPALITY, Flaw.LANGUAGE]


def test_a_row_without_anybody_is_told():
    assert read_row(["", "huom"], [C.ORGANISATION, C.NOTE], 3).problems[0].flaw == Flaw.NOTHING


# --- likeness -------------------------------------------------------------------------------------


def same(one: dict, other: dict) -> bool | None:
    """True: the same candidate; False: a hint; None: strangers."""
    found = likeness.matches([Entry(2, **one), Entry(3, **other)], [])[1]
    return found.is_same if found else None


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"organisation": "Lyhty ry"}, {"organisation": "LYHTY r.y."}, True),
        ({"organisation": "Skärgårdens Grannhjälp rf"}, {"organisation": "skargardens grannhjalp"}, True),
        ({"organisation": "Lyhty ry", "business_id": "0201256-6"},
         {"organisation": "Valo ry", "business_id": "0201256-6"}, True),
        ({"person": "Aino Aho", "email": "aino@lyhty.example"},
         {"person": "Aho, Aino", "email": "AINO@lyhty.example"}, True),
        ({"organisation": "Lyhty ry", "person": "Aino Aho"}, {"organisation": "Lyhty", "person": "AINO AHO"}, True),
        ({"organisation": "Lyhty ry", "person": "Aino Aho"}, {"organisation": "Lyhty ry", "person": "Bo Berg"}, False),
        ({"organisation": "Lyhty ry", "email": "info@lyhty.example", "person": "Aino Aho"},
         {"organisation": "Lyhty ry", "email": "info@lyhty.example", "person": "Bo Berg"}, False),
        ({"organisation": "Lyhty ry", "person": "Aino Aho"}, {"organisation": "Lyhty ry"}, True),
        ({"organisation": "Lyhty ry"}, {"organisation": "Lyhty ry", "person": "Aino Aho"}, False),
        ({"organisation": "Lyhty ry"}, {"organisation": "Lyhty ry", "email": "info@lyhty.example"}, False),
        ({"organisation": "Muistopolku-liitto ry"}, {"organisation": "Muistipolku liitto ry"}, False),
        ({"organisation": "Lyhty ry"}, {"organisation": "Kaiku ry"}, None),
        ({"person": "Aino Aho", "email": "a@x.example"}, {"person": "Aino Aho", "email": "b@y.example"}, False),
        ({"person": "Aino Aho"}, {"person": "aho aino"}, True),
    ],
)  # fmt: skip
def test_duplicates(one, other, expected):
    assert same(one, other) is expected


def test_those_who_are_there_already_are_found_first():
    seat = likeness.Known(
        "seat", "Lyhty ry", organisation="Lyhty ry", person="Aino Aho", email="aino@lyhty.example", reference=5
    )
    found = likeness.matches([Entry(2, email="AINO@lyhty.example")], [seat])[0]
    assert (found.known.where, found.known.reference, found.is_same) == ("seat", 5, True)


def test_five_thousand_rows_are_compared_quickly():
    import time

    rows = [Entry(n, organisation=f"Yhdistys {n} ry", email=f"n{n}@example.org") for n in range(5_000)]
    began = time.monotonic()
    assert not any(likeness.matches(rows, []))
    assert time.monotonic() - began < 5


# --- states ---------------------------------------------------------------------------------------


def test_every_path_through_the_states():
    reached = {(state, deed): move(state, deed) for state, deed in itertools.product(State, Deed)}
    assert {pair for pair, to in reached.items() if to is None} == {
        (State.REPLIED, Deed.INVITE),
        (State.DECLINED, Deed.INVITE),
        (State.SEATED, Deed.INVITE),
        (State.SEATED, Deed.SAY_YES),
        (State.SEATED, Deed.SAY_LATER),
        (State.SEATED, Deed.SAY_NO),
        (State.POTENTIAL, Deed.SIT),
        (State.INVITED, Deed.SIT),
        (State.LATER, Deed.SIT),
        (State.DECLINED, Deed.SIT),
        (State.SEATED, Deed.SIT),
    }
    assert set(reached.values()) == {None, State.INVITED, State.REPLIED, State.LATER, State.DECLINED, State.SEATED}


def test_every_reply_has_a_deed_and_only_the_untouched_may_be_removed():
    assert set(states.DEED_OF) == set(Reply)
    assert [state for state in State if states.may_be_removed(state)] == [State.POTENTIAL]
