"""Letters as they are written, rendered and put on the wire."""

import email
import email.policy
import html.parser
import re

import pytest
from django.template import engines
from django.utils.translation import gettext

from kutomo.ground.errors import RuleBroken
from kutomo.ground.mail import markdown, message, outbox, writing
from kutomo.ground.mail.address import Addressee, key_of, one_line, tidy
from kutomo.ground.mail.models import Letter
from kutomo.ground.mail.writing import Written, quoted, write

SOURCE = """Hei **Ilona**,
viime viikolla mukana oli kymmenen jäsentä.

[Vastaa Marjalle](https://kutomo.example/a/?x=1&y=2)

## Tällä viikolla

- Päätös: [soittorinki jatkuu](https://kutomo.example/b/)
- Toinen asia,
  joka jatkuu

1. Eka
2. Toka

> Voiko kirjaston tilaa käyttää?

Osoite: <https://kutomo.example/c/>
"""


class Seen(html.parser.HTMLParser):
    """What a reader of the HTML gets: the words and where the links lead."""

    def __init__(self, source: str):
        super().__init__()
        self.words, self.links, self.outside, self.skip = "", [], [], 0
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.skip += tag in {"style", "title"}
        self.words += " " if tag in {"p", "h1", "h2", "li", "td", "br", "blockquote"} else ""
        if tag == "a":
            self.links.append(attrs["href"])
        self.outside += [value for key, value in attrs.items() if key in {"src", "background", "srcset"}]

    def handle_endtag(self, tag):
        self.skip -= tag in {"style", "title"}

    def handle_data(self, data):
        if not self.skip:
            self.words += data


def words_of_text(text: str) -> tuple[list[str], list[str]]:
    """The words and the links of the text part, without the marks that stand for layout."""
    links = re.findall(r"https?://[^\s)]+", text)
    text = re.sub(r"\(\s*\)", " ", re.sub(r"https?://[^\s)]+", " ", text))
    return re.findall(r"[\w.,?!&äöåÄÖÅ’'%-]+", re.sub(r"(?m)^\s*(?:-|>|\d+\.)\s|^---$", "", text)), links


def same(text: str, source: str) -> None:
    """The HTML says what the text says, in the same order, and leads to the same places."""
    seen = Seen(source)
    words, links = words_of_text(text)
    shown = re.findall(r"[\w.,?!&äöåÄÖÅ’'%-]+", re.sub(r"https?://\S+", " ", seen.words))
    assert words == shown
    assert links == seen.links
    assert seen.outside == []  # no picture, no tracking


def letter(**changes) -> Letter:
    facts = {
        "key": "k1", "template": "t", "recipient": "person:1", "email": "ilona.kurkela@example.org",
        "name": "Ilona Kurkela", "language": "fi", "sender": "Kaislarannan kohtaamisverkosto",
        "subject": "Kysymys sinulle", "body": SOURCE, "unsubscribe": "/letters/stop/abc/",
    }  # fmt: skip
    return Letter(**facts | changes)


def test_text_and_html_say_the_same():
    row = letter()
    same(message.text_part(row), message.html_part(row))


def test_text_part_reads_well():
    text = markdown.as_text(SOURCE)
    assert text.startswith("Hei Ilona,\nviime viikolla mukana oli kymmenen jäsentä.")
    assert "Vastaa Marjalle:\nhttps://kutomo.example/a/?x=1&y=2" in text
    assert "- Päätös: soittorinki jatkuu (https://kutomo.example/b/)" in text
    assert "- Toinen asia,\n  joka jatkuu" in text
    assert "1. Eka" in text
    assert "2. Toka" in text
    assert "> Voiko kirjaston tilaa käyttää?" in text
    assert "**" not in text
    assert "##" not in text


def test_a_paragraph_that_is_one_link_becomes_a_button_and_others_do_not():
    page = markdown.as_html(SOURCE)
    assert page.count('class="btn"') == 1
    assert 'href="https://kutomo.example/a/?x=1&amp;y=2"' in page


@pytest.mark.parametrize(
    "evil",
    ["[paina](http://evil.example)", "<b>x</b>", "# Otsikko", "1. eka", "- lista", "`koodi`", "![kuva](http://e.x/a.png)",
     "a\n\n# b", "rivi\n===", "*tähti* _viiva_", "> lainaus", "\\[x](http://e.x)", "a & b < c", "javascript:alert(1)",
     "~~~\nx\n~~~", "    sisennys", "a\r\nSubject: x", "<http://evil.example>"],
)  # fmt: skip
def test_a_name_stays_a_name(evil, settings):
    template = engines["django"].from_string(
        "Hei {{ name }},\n\n{% blocktranslate %}terve {{ name }}{% endblocktranslate %}"
    )
    body = template.render({"name": quoted(evil)})
    page, text = markdown.as_html(body), markdown.as_text(body)
    assert "<a " not in page
    assert "<img" not in page
    assert "<h" not in page
    assert "<li" not in page
    assert "<pre" not in page
    assert "<code" not in page
    plain = " ".join(evil.split())
    assert " ".join(text.split()) == f"Hei {plain}, terve {plain}"


class Network:
    def __init__(self, name):
        self.name, self.slug = name, "kynnyksen-yli"

    def __str__(self):
        return self.name

    def motto(self):
        return "*yhdessä*"


def test_attributes_methods_and_lists_are_quoted_too():
    template = engines["django"].from_string(
        "{{ n.name }} {{ n.motto }} {{ n }} {% for one in all %}{{ one.name }}{% endfor %}"
        "{{ d.k }}{% if n %}!{% endif %}"
    )
    net = Network("[a](http://b)")
    out = template.render({"n": quoted(net), "all": quoted([net]), "d": quoted({"k": "#x"})})
    assert markdown.as_text(out) == "[a](http://b) *yhdessä* [a](http://b) [a](http://b)#x!"


def test_subject_and_body_are_split_and_unescaped(settings):
    settings.BASE_URL = "https://kutomo.example"
    written = write("mail/letters/test.md", {}, "en")
    assert written.subject == "Test letter"
    assert "https://kutomo.example/" in written.body


@pytest.mark.parametrize("name", ["a\nb", "a\r\nBcc: x@y.fi", "a\u2028b", "a\x00b", "a\x85b"])
def test_line_breaks_in_headers_are_refused(name):
    with pytest.raises(RuleBroken):
        one_line(name)
    for broken in ({"name": name}, {"subject": name}, {"sender": name}):
        with pytest.raises(RuleBroken):
            message.build(letter(**broken))


def test_headers_on_the_wire(settings):
    settings.BASE_URL, settings.DEFAULT_FROM_EMAIL = "https://kutomo.example", "Kutomo <kirjeet@kutomo.example>"
    raw = message.build(letter(name="Åke Öström", subject="Käsi, kädet & äö")).message().as_bytes()
    got = email.message_from_bytes(raw, policy=email.policy.default)
    assert got["Subject"].strip() == "[Kaislarannan kohtaamisverkosto] Käsi, kädet & äö"
    assert got["To"] == "Åke Öström <ilona.kurkela@example.org>"
    assert got["From"] == "Kaislarannan kohtaamisverkosto <kirjeet@kutomo.example>"
    assert got["Message-ID"] == message.message_id("k1")
    assert got["Message-ID"].endswith("@kutomo.example>")
    assert got["List-Unsubscribe"] == "<https://kutomo.example/letters/stop/abc/>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert got["Auto-Submitted"] == "auto-generated"
    assert got["Content-Language"] == "fi"
    parts = [part.get_content_type() for part in got.walk()]
    assert parts == ["multipart/alternative", "text/plain", "text/html"]
    assert got.get_body(("html",)).get_content().count('lang="fi"') == 1
    assert all(len(line) <= 998 for line in raw.splitlines())


def test_a_letter_that_must_come_has_no_unsubscribe_header():
    assert "List-Unsubscribe" not in message.build(letter(unsubscribe="")).message()


def test_message_id_is_the_same_for_each_try_and_differs_by_deed():
    assert message.message_id("invitation:1") == message.message_id("invitation:1")
    assert message.message_id("invitation:1") != message.message_id("invitation:2")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Aino.Aalto@Example.ORG ", "Aino.Aalto@example.org"),
        ("Aino Aalto <aino@example.org>", "aino@example.org"),
        ("mailto:aino@example.org", "aino@example.org"),
        ("aino@example.org.", "aino@example.org"),
        ("ai\u200bno@example.org", "aino@example.org"),
        ("aino@järjestö.fi", "aino@xn--jrjest-bua3m.fi"),
        ("o'brien+x@example.org", "o'brien+x@example.org"),
    ],
)
def test_address_is_tidied(typed, kept):
    assert tidy(typed) == kept


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("aino aalto@example.org", "space"),
        ("äinö@example.org", "ä or ö"),
        ("a@x.fi, b@x.fi", "two addresses"),
        ("a@b@c.fi", "two addresses"),
        ("aino", "@ sign"),
        ("@example.org", "@ sign"),
        ("aino@example", "ending"),
        ("aino@exa_mple.org", "ending"),
        ("aino@x.fi\nBcc: b@x.fi", "line break"),
        ("a" * 250 + "@example.org", "ending|too long"),
        ("", "@ sign"),
    ],
)
def test_a_broken_address_gets_a_sentence_that_says_why(typed, says):
    from django.utils import translation

    with translation.override("en"):
        with pytest.raises(RuleBroken) as refusal:
            tidy(typed)
        assert re.search(says, str(refusal.value))
    assert refusal.value.field == "email"


def test_the_key_of_an_address_tells_nothing_of_it():
    key = key_of("Aino@example.org")
    assert key == key_of("aino@example.org")
    assert "aino" not in key
    assert len(key) < 60


@pytest.mark.django_db
def test_one_deed_one_letter():
    to, written = Addressee("aino@example.org"), Written("S", "B")
    first = outbox.put(written, template="t", to=to, key="deed:1")
    again = outbox.put(written, template="t", to=to, key="deed:1")
    assert first == again
    assert Letter.objects.count() == 1


@pytest.mark.django_db
def test_one_letter_a_slot():
    to, written = Addressee("aino@example.org"), Written("S", "B")
    assert outbox.put(written, template="t", to=to, key="a", slot="nudge 2026-W07")
    assert outbox.put(written, template="t", to=to, key="b", slot="nudge 2026-W07") is None
    assert outbox.put(written, template="t", to=to, key="c", slot="nudge 2026-W08")
    assert outbox.put(written, template="t", to=to, key="d")
    assert outbox.put(written, template="t", to=to, key="e")


def test_template_without_a_subject_is_a_bug(monkeypatch):
    monkeypatch.setattr(writing, "get_template", lambda name: engines["django"].from_string("Hei\n\nvaan"))
    with pytest.raises(ValueError, match="Subject"):
        write("bad.md", {}, "fi")


def test_the_small_print_is_translated():
    assert gettext("Test letter")
