"""What is true of organisations without a database: business IDs, comparing names, places of Finland."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"

# --- Business ID (Y-tunnus) -----------------------------------------------------------------------

WEIGHTS = (7, 9, 10, 5, 8, 4, 2)


def check_digit(seven: str) -> int | None:
    """The last digit that belongs to seven digits, or None when these seven are never given out.

    Source: the Tax Administration's rule: weighted sum modulo 11;
    remainder 0 gives 0, remainder 1 is not used.
    """
    remainder = sum(int(digit) * weight for digit, weight in zip(seven, WEIGHTS, strict=True)) % 11
    if remainder == 1:
        return None
    return 0 if remainder == 0 else 11 - remainder


def business_id(text: str) -> str | None:
    """``text`` as 1234567-8, or None when it is no Finnish business ID.

    Accepts the VAT form (FI12345678), blanks, a missing or wrong dash, and the old ones of six digits.
    """
    compact = re.sub(r"[\s\u00a0.]", "", text).upper().removeprefix("FI")
    found = re.fullmatch(r"(\d{6,7})[-\u2010-\u2015\u2212](\d)|(\d{7})(\d)", compact)
    if not found:
        return None
    seven, last = (found[1] or found[3]).zfill(7), int(found[2] or found[4])
    return f"{seven}-{last}" if check_digit(seven) == last else None


# --- Comparing names ------------------------------------------------------------------------------

# Legal forms in Finnish, Swedish and English; they are often left out or written in many ways.
LEGAL_FORMS = frozenset(
    {"ry", "rf", "rp", "sr", "oy", "ab", "oyj", "abp", "osk", "anl", "ky", "kb", "ay", "tmi", "ltd", "inc"}
    | {"osuuskunta", "andelslag", "osakeyhtio", "aktiebolag"}
)
# The register keeps a second name as "X ry, ruotsiksi X rf": what follows is the same organisation.
_SECOND_NAME = re.compile(
    r"[,;(\s]+(?:ruotsiksi|suomeksi|englanniksi|på (?:svenska|finska|engelska))"
    r"\b[:\s]*|[,;(\s]+in (?:english|finnish|swedish)\b[:\s]*",
    re.IGNORECASE,
)
_TWO_WORD_FORMS = ((r"\brekisteröity\s+yhdistys\b", " ry "), (r"\bregistrerad\s+förening\b", " rf "))


def plain(text: str) -> str:
    """Lower case, without diacritics, punctuation as blanks: "Åbo & Co." → "abo ja co"."""
    folded = unicodedata.normalize("NFKD", text.replace("&", " ja ").replace("+", " ja ")).casefold()
    folded = folded.replace("ø", "o").replace("æ", "ae").replace("đ", "d").replace("ł", "l")
    kept = "".join(c for c in folded if not unicodedata.combining(c) and c not in "'’`´\u00ad")
    return " ".join(re.sub(r"[^\w]|_", " ", kept).split())


def name_key(name: str) -> str:
    """The same for two spellings of one name, however its case, accents, legal form and blanks.

    A second name ("..., ruotsiksi ...") is left out; ``name_keys`` has both.
    """
    name = next((part for part in _SECOND_NAME.split(name) if part.strip()), name)
    text = re.sub(r"\b([rs])\s*\.\s*([yfr])\b\.?", r" \1\2 ", name, flags=re.IGNORECASE)
    for pattern, short in _TWO_WORD_FORMS:
        text = re.sub(pattern, short, text, flags=re.IGNORECASE)
    words = plain(text).split()
    kept = [word for word in words if word not in LEGAL_FORMS]
    return "".join(kept or words)


def name_keys(name: str) -> frozenset[str]:
    """The keys of a name and of the second names told in it ("..., ruotsiksi ...")."""
    parts = [part.strip(" ()") for part in _SECOND_NAME.split(name)]
    return frozenset(key for part in parts if (key := name_key(part)))


def person_key(name: str) -> str:
    """The same for "Virtanen, Aino", "aino virtanen" and "Aino  VIRTANEN"."""
    return " ".join(sorted(plain(name).split()))


# --- Kinds ----------------------------------------------------------------------------------------

_SIGNS: tuple[tuple[str, str], ...] = (
    ("parish", r"seurakun\w*|forsamling\w*|seurakuntayhtyma|parish|kyrkliga samfallighet\w*"),
    ("school", r"\w*(?:koulu|opisto|lukio|skola|skolan|universitet|gymnasium|institut)"),
    ("public", r"\w*(?:kaupunki|kunta|hyvinvointialue|ministerio|virasto|keskushallinto|kuntayhtyma|kirjasto)"
     r"|stad|kommun|valfardsomrade\w*|ministeriet|samkommun"),
    ("foundation", r"sr|\w*saatio|\w*stiftelse\w*|foundation"),
    ("association", r"ry|rf|\w*yhdistys|\w*forening\w*|\w*liitto|\w*forbund\w*|\w*seura"),
    ("company", r"oy|ab|oyj|abp|osk|anl|ky|kb|tmi|ltd|inc|\w*osuuskunta|\w*andelslag"),
)  # fmt: skip
# A legal form decides over any other word: "Koulun tuki ry" is an association.
_FORMS = {"ry": "association", "rf": "association", "sr": "foundation"} | dict.fromkeys(
    ("oy", "ab", "oyj", "abp", "osk", "anl", "ky", "kb", "tmi"), "company"
)


def guess_kind(name: str) -> str:
    """The likely kind of an organisation by its name; "group" when nothing tells. Shown, never final."""
    words = plain(re.sub(r"\b([rs])\s*\.\s*([yfr])\b\.?", r" \1\2 ", name, flags=re.IGNORECASE)).split()
    for word in reversed(words):
        if word in _FORMS:
            return _FORMS[word]
    for kind, pattern in _SIGNS:
        if any(re.fullmatch(pattern, word) for word in words):
            return kind
    return "group"


# --- Places ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class County:
    """A wellbeing services county; ``is_county`` is false for Helsinki and Åland, which stand outside."""

    code: str
    fi: str
    sv: str
    en: str

    @property
    def is_county(self) -> bool:
        return int(self.code) <= 21

    def name(self, language: str) -> str:
        """Its name in ``language`` (fi, sv, en)."""
        return {"sv": self.sv, "en": self.en}.get(language, self.fi)


@dataclass(frozen=True)
class Municipality:
    """A Finnish municipality with the county that arranges its social and health services."""

    code: str
    fi: str
    sv: str
    county: County

    def name(self, language: str) -> str:
        """Its name in ``language``; in English the name of the majority there."""
        if language == "sv" or (language == "en" and self.county.code == "91"):
            return self.sv
        return self.fi


@cache
def _places() -> tuple[dict[str, County], dict[str, Municipality]]:
    content = tomllib.loads((CONTENT / "places.toml").read_text(encoding="utf-8"))
    counties = {row[0]: County(*row) for row in content["counties"]}
    towns = {code: Municipality(code, fi, sv, counties[county]) for code, fi, sv, county in content["municipalities"]}
    return counties, towns


def counties() -> dict[str, County]:
    """All counties by code; Helsinki (90) and Åland (91) last."""
    return _places()[0]


def municipalities() -> dict[str, Municipality]:
    """All municipalities by code."""
    return _places()[1]


def sorted_by_name(places: Iterable[Municipality] | Iterable[County], language: str) -> list[Municipality | County]:
    """Places in the alphabetical order of Finnish and Swedish (å, ä, ö last)."""
    last = str.maketrans({"å": "{", "ä": "|", "ö": "}"})
    return sorted(places, key=lambda place: place.name(language).casefold().translate(last))


@cache
def _municipalities_by_word() -> dict[str, Municipality]:
    found: dict[str, Municipality] = {}
    for town in municipalities().values():
        for word in (town.fi, town.sv, town.code):
            found[plain(word)] = town
    return found


_TOWN_WORDS = re.compile(r"\s+(?:kaupunki|kunta|stad|kommun)$")
# People write the genitive when they write "Espoon kaupunki"; these endings lead back to the name.
_GENITIVE = re.compile(r"n$")


def municipality(text: str) -> Municipality | None:
    """The municipality that ``text`` names in Finnish or Swedish, or by its code; None when unknown."""
    word = plain(text)
    known = _municipalities_by_word()
    if word in known:
        return known[word]
    stem = _TOWN_WORDS.sub("", word)
    return known.get(stem) or known.get(_GENITIVE.sub("", stem)) if stem != word else None
