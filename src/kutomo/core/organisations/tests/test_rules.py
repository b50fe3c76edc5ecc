import pytest

from kutomo.core.organisations import rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0201256-6", "0201256-6"),  # published IDs of public bodies
        ("FI02012566", "0201256-6"),
        (" 0201256–6 ", "0201256-6"),
        ("0204819-8", "0204819-8"),
        ("201256-6", "0201256-6"),
        ("0204819-9", None),
        ("0201256", None),
        ("kaupunki", None),
        ("", None),
        ("02012566-6", None),
    ],
)
def test_business_id(text, expected):
    assert rules.business_id(text) == expected


def test_remainder_one_is_never_given_out():
    # 0000006 gives 6*2 = 12, remainder 1.
    assert rules.check_digit("0000006") is None
    assert all(rules.business_id(f"0000006-{digit}") is None for digit in range(10))


def test_one_wrong_digit_is_always_caught():
    good = "0201256-6"
    for place in (0, 1, 2, 3, 4, 5, 6, 8):
        for digit in "0123456789":
            if digit != good[place]:
                assert rules.business_id(good[:place] + digit + good[place + 1 :]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Muistopolku-liitto ry", "MUISTOPOLKULIITTO R.Y."),
        ("Senioriliike Notkea ry", "senioriliike notkea"),
        ("Skärgårdens Grannhjälp rf", "Skargardens grannhjalp r.f."),
        ("Digitalkoot osk.", "Digitalkoot Osuuskunta"),
        ("Liike ja Lepo ry", "Liike & Lepo, rekisteröity yhdistys"),
        ("Hyvä Kynnys -säätiö sr", "Hyvä Kynnys –säätiö"),
        ("Kotiapu Pihlaja Oy Ab", "Kotiapu Pihlaja"),
        ("Va\u0308ylä ry", "Väylä ry"),
    ],
)
def test_two_spellings_have_one_key(one, other):
    assert rules.name_key(one) == rules.name_key(other)


def test_different_names_have_different_keys():
    names = [
        "Lyhty ry",
        "Lyhty-säätiö sr",
        "Aistituki Lyhty ry",
        "Suomen Punainen Risti – Oulun osasto",
        "Suomen Punainen Risti",
    ]
    assert len({rules.name_key(name) for name in names}) == len(names)


def test_a_second_name_counts_too():
    keys = rules.name_keys("Näkövammaisten tuki ry, ruotsiksi Synskadades stöd rf")
    assert rules.name_key("synskadades stöd") in keys
    assert rules.name_key("Näkövammaisten tuki") in keys
    assert rules.name_keys("  ") == frozenset()


def test_a_name_that_is_only_a_legal_form_keeps_it():
    assert rules.name_key("Ry") == "ry"


def test_persons_compare_in_any_order():
    assert rules.person_key("Mäkivaara, Terttu") == rules.person_key("terttu  MAKIVAARA")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Koulun tuki ry", "association"),
        ("Hyvä Kynnys -säätiö sr", "foundation"),
        ("Koivulahden kaupunki", "public"),
        ("Rannikko-Pohjan hyvinvointialue", "public"),
        ("Kust-Norra välfärdsområdet", "public"),
        ("Pohjanlinnan ammattikorkeakoulu", "school"),
        ("Koivulahden seurakuntayhtymä", "parish"),
        ("Digitalkoot osk.", "company"),
        ("Kävelyporukka", "group"),
        ("Finlandssvenska Seniorringen r.f.", "association"),
    ],
)
def test_kind_is_guessed_from_the_name(name, kind):
    assert rules.guess_kind(name) == kind


def test_places_are_complete():
    towns, counties = rules.municipalities(), rules.counties()
    assert len(towns) == 308
    assert sum(1 for town in towns.values() if town.county.code == "91") == 16  # Åland
    assert sum(1 for town in towns.values() if town.county.code != "91") == 292
    assert sum(1 for county in counties.values() if county.is_county) == 21
    assert {town.county for town in towns.values()} == set(counties.values())
    assert [town.fi for town in towns.values() if town.county.code == "90"] == ["Helsinki"]
    assert all(code == town.code and len(code) == 3 for code, town in towns.items())
    assert len({town.fi for town in towns.values()}) == 308


@pytest.mark.parametrize(
    ("text", "county"),
    [
        ("Heinävesi", "Pohjois-Karjalan hyvinvointialue"),  # these changed region on 2021-01-01
        ("Joroinen", "Pohjois-Savon hyvinvointialue"),
        ("Iitti", "Päijät-Hämeen hyvinvointialue"),
        ("Kuhmoinen", "Pirkanmaan hyvinvointialue"),
        ("Isokyrö", "Etelä-Pohjanmaan hyvinvointialue"),
        ("Kruunupyy", "Pohjanmaan hyvinvointialue"),
        ("åbo", "Varsinais-Suomen hyvinvointialue"),
        ("091", "Helsingin kaupunki"),
        ("Espoon kaupunki", "Länsi-Uudenmaan hyvinvointialue"),
        ("Borgå stad", "Itä-Uudenmaan hyvinvointialue"),
        ("Pedersöre", "Pohjanmaan hyvinvointialue"),
    ],
)
def test_a_municipality_is_found(text, county):
    assert rules.municipality(text).county.fi == county


def test_a_municipality_that_has_merged_is_not_found():
    assert rules.municipality("Pertunmaa") is None
    assert rules.municipality("") is None


def test_names_follow_the_language_and_its_alphabet():
    assert rules.municipalities()["853"].name("sv") == "Åbo"
    assert rules.municipalities()["853"].name("en") == "Turku"
    assert rules.municipalities()["478"].name("en") == "Mariehamn"
    names = [town.name("fi") for town in rules.sorted_by_name(rules.municipalities().values(), "fi")]
    assert names[0] == "Akaa"
    assert names[-1] == "Äänekoski"
