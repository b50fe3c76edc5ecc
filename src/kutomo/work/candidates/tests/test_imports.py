"""A spreadsheet onto the list, through the pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from tests import make

from kutomo.core.activity.models import Event
from kutomo.ground.errors import NotAllowed, RuleBroken
from kutomo.ground.tables import Note, Refused, Why
from kutomo.ground.tables.tests import makers
from kutomo.work.candidates import actions, queries
from kutomo.work.candidates.models import Candidate, Import
from kutomo.work.candidates.queries import sentences
from kutomo.work.candidates.rules.flaws import Flaw

pytestmark = pytest.mark.django_db


def url(cast, name, *args):
    return reverse(f"candidates:{name}", args=[cast.network.slug, *args])


def upload(client, cast, data, name="kutsuttavat.xlsx"):
    return client.post(url(cast, "import"), {"file": SimpleUploadedFile(name, data)})


def source_of(cast):
    return Import.objects.get(network=cast.network)


def test_a_spreadsheet_goes_from_upload_to_list_and_back(leader, cast):
    response = upload(leader, cast, makers.xlsx())
    source = source_of(cast)
    assert response.status_code == 302
    page = leader.get(url(cast, "check", source.pk)).content.decode()
    assert "Lyhty ry" in page
    assert not Candidate.objects.exists()  # nothing is kept before it is confirmed
    leader.post(url(cast, "confirm", source.pk))
    assert list(Candidate.objects.values_list("organisation_name", "name", "email", "language", "reach")) == [
        ("Lyhty ry", "Aino Lehtovaara", "aino@lyhty.example", "fi", "mail"),
        ("Skärgårdens Grannhjälp rf", "Börje Skärlundh", "borje@grannhjalp.example", "sv", "mail"),
        ("Koivulahden kaupunki", "", "kirjaamo@koivulahti.example", "fi", "mail"),
    ]
    source.refresh_from_db()
    assert (source.state, source.added, source.rows) == ("done", 3, [])
    assert Event.objects.get(kind="candidates.imported").data == {"count": 3}
    assert "kutsuttavat.xlsx" in leader.get(url(cast, "check", source.pk)).content.decode()
    leader.post(url(cast, "undo", source.pk))
    assert not Candidate.objects.exists()
    assert Event.objects.filter(kind="candidates.undone").exists()


def test_pasted_addresses_come_onto_the_list(leader, cast):
    leader.post(url(cast, "import"), {"text": "Aho, Tea (Kaiku ry) <tea@kaiku.example>; info@lyhty.example"})
    leader.post(url(cast, "confirm", source_of(cast).pk))
    assert [row.title for row in Candidate.objects.all()] == ["Tea Aho, Kaiku ry", "info@lyhty.example"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("file", "name"),
    [
        (lambda: makers.zip_bomb(200), "lista.xlsx"),
        (lambda: makers.encrypted_workbook(), "lista.xlsx"),
        (lambda: makers.old_workbook(), "lista.xls"),
        (lambda: b"%PDF-1.7", "lista.xlsx"),
        (lambda: makers.xlsx([]), "lista.xlsx"),
        (lambda: makers.big_xlsx(6000), "rekisteri.xlsx"),
        (lambda: b"PK\x03\x04broken", "lista.xlsx"),
    ],
)
def test_a_bad_file_gets_a_clear_sentence_in_the_readers_language(leader, cast, file, name, language):
    cast.aino.language = language
    cast.aino.save()
    leader.cookies["language"] = language
    response = upload(leader, cast, file(), name)
    assert response.status_code == 422
    words = response.context["form"].errors["file"][0]
    assert len(words) > 25
    assert "%(" not in words
    if language != "en":
        with translation.override("en"):
            english = {str(sentence) for sentence in sentences.WHY.values()}
        assert words not in english
    assert not Import.objects.exists()


def test_nothing_chosen_is_told(leader, cast):
    assert leader.post(url(cast, "import"), {"text": "  "}).status_code == 422


def test_rows_with_faults_are_mended_or_left_out(leader, cast):
    rows = [
        ["Organisaatio", "Sähköposti", "Y-tunnus"],
        ["Lyhty ry", "päivi@lyhty.example", ""],
        ["Kaiku ry", "info@kaiku.example", "1234567-8"],
        ["Valo ry", "info@valo.example", ""],
    ]
    upload(leader, cast, makers.xlsx(rows))
    source = source_of(cast)
    preview = queries.preview(source)
    assert [row.entry.number for row in preview.bad] == [2, 3]
    page = leader.get(url(cast, "check", source.pk)).content.decode()
    assert 'value="paivi@lyhty.example"' in page  # the likely right form stands ready
    response = leader.post(url(cast, "confirm", source.pk))
    assert response.status_code == 422
    assert not Candidate.objects.exists()  # all or nothing
    leader.post(url(cast, "mend", source.pk), {"cell_1_1": "paivi@lyhty.example"})
    assert len(queries.preview(source_of(cast)).bad) == 1
    leader.post(url(cast, "confirm", source.pk), {"leave_out_bad": "on"})
    assert list(Candidate.objects.values_list("organisation_name", flat=True)) == ["Lyhty ry", "Valo ry"]
    assert source_of(cast).left_out == 1


def test_the_mapping_can_be_changed(leader, cast):
    rows = [["A", "B"], ["Lyhty ry", "tärkeä"], ["Kaiku ry", "myöhemmin"]]
    upload(leader, cast, makers.xlsx(rows))
    source = source_of(cast)
    response = leader.post(
        url(cast, "columns", source.pk), {"has_header": "on", "column_0": "organisation", "column_1": "organisation"}
    )
    assert response.status_code == 422
    leader.post(url(cast, "columns", source.pk), {"has_header": "on", "column_0": "organisation", "column_1": "note"})
    leader.post(url(cast, "confirm", source.pk))
    assert list(Candidate.objects.values_list("organisation_name", "note")) == [
        ("Lyhty ry", "tärkeä"),
        ("Kaiku ry", "myöhemmin"),
    ]


def test_an_unknown_meaning_of_a_column_is_refused(leader, cast):
    upload(leader, cast, makers.xlsx([["Lyhty ry", "x"]]))
    response = leader.post(url(cast, "columns", source_of(cast).pk), {"column_0": "evil", "column_1": ""})
    assert response.status_code == 422


def test_duplicates_are_recognised_in_the_file_on_the_list_and_on_seats(leader, cast, candidate):
    rows = [
        ["Organisaatio", "Henkilö", "Sähköposti"],
        ["Lyhty ry", "", ""],
        ["LYHTY r.y.", "", ""],
        ["KAIKU", "Tamminen Taisto", ""],
        ["", "", "BJORN@example.org"],
        ["Kynnyskahvit r.y.", "Uusi Ihminen", "uusi@kynnyskahvit.example"],
    ]
    upload(leader, cast, makers.xlsx(rows))
    preview = queries.preview(source_of(cast))
    assert [row.entry.number for row in preview.duplicates] == [3, 4, 5]
    assert [row.entry.number for row in preview.new] == [2, 6]
    assert preview.new[1].match is not None  # a hint: somebody of the organisation is there
    leader.post(url(cast, "confirm", source_of(cast).pk))
    assert Candidate.objects.filter(network=cast.network).count() == 3


def test_nobody_new_is_told(leader, cast, candidate):
    upload(leader, cast, makers.xlsx([["Organisaatio", "Henkilö"], ["Kaiku ry", "Taisto Tamminen"]]))
    assert leader.post(url(cast, "confirm", source_of(cast).pk)).status_code == 422


def test_who_invites_comes_along(leader, cast):
    rows = [
        ["Organisaatio", "Kuka kutsuu"],
        ["Lyhty ry", "berg björn"],
        ["Kaiku ry", "Aino Aalto"],
        ["Valo ry", "Kuka Lie"],
    ]
    upload(leader, cast, makers.xlsx(rows))
    leader.post(url(cast, "confirm", source_of(cast).pk))
    lyhty, kaiku, valo = Candidate.objects.order_by("pk")
    assert (lyhty.inviter, lyhty.is_agreed) == (cast.bjorn, False)  # asked, not made to
    assert (kaiku.inviter, kaiku.is_agreed) == (cast.aino, True)
    assert valo.inviter is None
    assert "Kuka Lie" in valo.note


def test_undo_is_refused_once_somebody_was_invited(leader, cast):
    upload(leader, cast, makers.xlsx())
    source = source_of(cast)
    leader.post(url(cast, "confirm", source.pk))
    actions.invite(by=cast.aino, candidates=[Candidate.objects.first()], words={})
    response = leader.post(url(cast, "undo", source.pk))
    assert response.status_code == 409
    assert Candidate.objects.count() == 3


def test_confirming_twice_adds_once(leader, cast):
    upload(leader, cast, makers.xlsx())
    source = source_of(cast)
    leader.post(url(cast, "confirm", source.pk))
    with pytest.raises(RuleBroken):
        actions.confirm(by=cast.aino, source=source)
    again = leader.post(url(cast, "confirm", source.pk))  # a second press of the same button
    assert again.status_code == 200
    assert "kutsuttavat.xlsx" in again.content.decode()
    for name in ("mend", "drop"):
        assert leader.post(url(cast, name, source.pk)).status_code == 409
    assert leader.post(url(cast, "columns", source.pk), {"column_0": "note"}).status_code in (200, 422)
    assert Candidate.objects.count() == 3


def test_a_dropped_table_leaves_nothing(leader, cast):
    upload(leader, cast, makers.xlsx())
    leader.post(url(cast, "drop", source_of(cast).pk))
    assert not Import.objects.exists()


def test_only_those_who_manage_the_list_import(client, cast):
    source = actions.read(by=cast.aino, network=cast.network, text="Lyhty ry\nKaiku ry")
    client.force_login(cast.bjorn)
    assert client.get(url(cast, "import")).status_code == 403
    assert client.get(url(cast, "check", source.pk)).status_code == 403
    assert client.post(url(cast, "confirm", source.pk)).status_code == 403
    for deed in (actions.confirm, actions.undo, actions.drop):
        with pytest.raises(NotAllowed):
            deed(by=cast.bjorn, source=source)


def test_another_networks_import_is_not_found(client, cast):
    source = actions.read(by=cast.aino, network=cast.network, text="Lyhty ry\nKaiku ry")
    client.force_login(cast.cecilia)
    address = reverse("candidates:check", args=[cast.elsewhere.slug, source.pk])
    assert client.get(address).status_code == 404


def test_five_thousand_rows_are_checked_and_imported(leader, cast):
    upload(leader, cast, makers.big_xlsx(5000))
    source = source_of(cast)
    assert leader.get(url(cast, "check", source.pk)).status_code == 200
    leader.post(url(cast, "confirm", source.pk))
    assert Candidate.objects.count() == 5000


def test_every_code_has_a_sentence():
    for why in Why:
        assert str(sentences.refusal(Refused(why, limit=5, found="PDF")))
    for flaw in Flaw:
        params = {"text": "x", "limit": 5, "length": 9, "letter": "ä", "suggestion": "a@b.example"}
        assert "a@b.example" in sentences.flaw(flaw, params)
    for note in Note:
        if note not in (Note.ABOVE_HEADER, Note.HIDDEN_ROWS):
            assert sentences.note(note, {"count": 2, "example": "A1", "sheet": "x", "found": "y", "name": "z"})


def test_a_member_of_another_network_is_no_inviter(leader, cast):
    make.member(cast.elsewhere, "Ulla Ulkonen")
    upload(leader, cast, makers.xlsx([["Organisaatio", "Kutsuja"], ["Lyhty ry", "Ulla Ulkonen"]]))
    leader.post(url(cast, "confirm", source_of(cast).pk))
    assert Candidate.objects.get().inviter is None
