"""The great journey: a spreadsheet, invitations, answers by mail links, a live meeting with 30 phones, a charter.

The leader and two members use Chromium, everybody else plain HTTP (reader.py). Every link comes out of a letter
that the SMTP server was given; nothing is read from the database.
"""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import xlsxwriter
from django.utils import timezone

from . import driver
from .reader import Phone, Reader, Seen, at_once, plural, words

LEADER = "marjut@ikakumppanit.example"
DRAFT = "Kokoamme tiedon avusta yhteen paikkaan."
NAME = "Kynnyksen yli"
N = "/n/kynnyksen-yli"
# name, organisation, address, language; the eighth is mended on the way
MEMBERS = [
    ("Rauno Ahokanto", "Senioriliike Notkea ry", "rauno@notkea.example", "fi"),
    ("Camilla Söderbackman", "Kustens Tröskelkaffe rf", "camilla@troskelkaffe.example", "sv"),
    ("Eila Kontiovaara", "Vaaranseudun Naapuriapu ry", "eila@naapuriapu.example", "fi"),
    ("Nea Koivuniitty", "Koivunsuon Lähiöpiha ry", "nea@lahiopiha.example", "fi"),
    ("Amina Warfaleh", "Monikielinen Mummola ry", "amina@mummola.example", "en"),
    ("Gunilla Strandåsen", "Finlandssvenska Seniorringen rf", "gunilla@seniorringen.example", "sv"),
    ("Oskari Talkkusmäki", "Digitalkoot osk", "oskari@digitalkoot.example", "fi"),
    ("Irja Yksiniemi", "Yksin ei ole pakko ry", "irja@yksineiolepakko.example", "fi"),
]
SAID = "Joku soittaa tai koputtaa kahdessa viikossa."
PHONES = 30
LANGUAGES = ("fi", "sv", "en")


@dataclass
class Journey:
    """What the steps hand on."""

    site: Any
    mailbox: driver.Mailbox
    leader: driver.Visitor
    readers: dict[str, Reader] = field(default_factory=dict)
    pages: int = 0

    @property
    def page(self) -> Any:
        return self.leader.page

    def press(self, text: str, *, exact: bool = False, **values: Any) -> None:
        self.page.get_by_role("button", name=words(text, **values), exact=exact).first.click()

    def submit(self, where: str = "main form .btn-primary") -> None:
        """Press the button and wait for the page that follows."""
        with self.page.expect_navigation():
            self.page.locator(where).first.click()

    def link(self, address: str, about: str) -> str:
        """The first link with ``about`` in the newest letter that has one, once it has come."""
        last = time.monotonic() + 20
        while time.monotonic() < last:
            for letter in reversed(self.mailbox.of(address)):
                if found := [url for url in driver.links_in(letter) if about in url]:
                    return found[0]
            time.sleep(0.05)
        came = [letter["Subject"] for letter in self.mailbox.of(address)]
        raise AssertionError(f"no letter to {address} leads to {about}; there came {came}")


def test_from_a_spreadsheet_to_an_agreed_charter(site, visit, mailbox):
    leader = visit(site)
    leader.context.set_default_timeout(20_000)
    here = Journey(site, mailbox, leader)
    _found(here)
    _import(here)
    _invite(here)
    _say_yes(here, visit)
    _draft_and_open(here)
    _answer_by_link(here, visit)
    _meet(here)
    _agree(here)
    _check_letters(here)


def _found(here: Journey) -> None:
    page = here.leader.go("/sign-in/")
    page.get_by_label(words("E-mail address")).fill(LEADER)
    here.press("Send the code")
    code = re.search(r"\d{3} ?\d{3}", driver.text_of(here.mailbox.wait(LEADER)))
    assert code
    page.get_by_role("textbox").fill(code[0])
    here.press("Sign in", exact=True)
    page.get_by_label(words("Your name")).fill("Marjut Oinosvaara")
    here.press("Continue")
    page.wait_for_url("**/networks/")
    here.leader.go("/networks/new/")
    page.get_by_label(words("Name of the network")).fill(NAME)
    page.get_by_label(words("The challenge")).fill("Yksin asuva voi jäädä viikoiksi ilman, että kukaan kysyy mitään.")
    page.get_by_label(words("Your organisation")).fill("Ikäkumppanit Suomi ry")
    page.get_by_label("Svenska").check()
    here.press("Start the network")
    page.wait_for_url(f"**{N}/")


def _sheet() -> bytes:
    """As a leader keeps it: a broken address, one row twice."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet("Kutsuttavat")
    rows = [("Organisaatio", "Yhteyshenkilö", "Sähköposti", "Kieli")]
    rows += [(organisation, name, address, language) for name, organisation, address, language in MEMBERS]
    rows[8] = (rows[8][0], rows[8][1], "irja @yksineiolepakko.example", "fi")
    rows.append(("SENIORILIIKE NOTKEA r.y.", "Ahokanto, Rauno", "Rauno@Notkea.example", "suomi"))
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()


def _import(here: Journey) -> None:
    page = here.leader.go(f"{N}/candidates/import/")
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.locator("input[type=file]").set_input_files({"name": "kutsuttavat.xlsx", "mimeType": kind, "buffer": _sheet()})
    here.press("Read the list")
    page.get_by_role("heading", name=words("Check the list")).wait_for()
    text = page.locator("main").inner_text()
    assert plural("%(n)s new candidate", "%(n)s new candidates", 7) in text
    here.leader.check()
    # The form offers the address without its blank; taking it is enough.
    here.press("Save and check again")
    page.get_by_text(plural("%(n)s new candidate", "%(n)s new candidates", 8)).first.wait_for()
    here.press("Put them on the list")
    page.get_by_text(
        plural("%(n)s candidate was put on the list.", "%(n)s candidates were put on the list.", 8)
    ).first.wait_for()


def _invite(here: Journey) -> None:
    page = here.leader.go(f"{N}/candidates/")
    for box in page.locator("input[name=c]").all():
        box.check()
    here.press("Write the invitation")
    for area in page.locator("main textarea").all():
        assert "kukaan kysyy" in area.input_value() or area.input_value()  # words to begin with
    page.get_by_role("button", name=plural("Send %(n)s invitation", "Send %(n)s invitations", 8)).click()
    page.wait_for_url(f"**{N}/candidates/**")
    for _name, _organisation, address, _language in MEMBERS:
        here.mailbox.wait(address)


def _invitation(here: Journey, address: str) -> str:
    return here.link(address, "/invitation/")


def _say_yes(here: Journey, visit: Any) -> None:
    """Seven over HTTP, one with a phone in a real browser; each by the link of the own letter."""
    browsing, *others = MEMBERS
    for name, _organisation, address, language in others:
        reader = here.readers[address] = Reader(here.site, language)
        opened = reader.get(_invitation(here, address))
        assert opened.status == 200
        assert name in opened.text
        asked = reader.send(opened, reply="yes")
        done = reader.send(asked, mandate="speak", worth="Että tiedän, kenelle soittaa.")
        assert done.path.endswith("/done/"), done.text[:2000]
    here.readers[browsing[2]] = Reader(here.site)
    phone = visit(here.site, width=390, height=844)
    page = phone.go(_invitation(here, browsing[2]))
    page.get_by_label(words("Yes, I will come along")).check()
    phone.check()
    page.get_by_role("button", name=words("Answer")).click()
    page.get_by_label(words("One thing I can offer")).fill("Jäsenlehden sivu")
    page.get_by_label(words("I can speak for the organisation")).check()
    phone.check()
    page.get_by_role("button", name=words("Take the seat")).click()
    page.wait_for_url("**/done/")
    # The same link a second time: the seat is there, and nothing happens twice.
    assert here.readers[browsing[2]].get(_invitation(here, browsing[2])).status == 200
    members = here.leader.go(f"{N}/members/")
    for _name, organisation, _address, _language in MEMBERS:
        assert members.get_by_text(organisation).first.is_visible()


def _draft_and_open(here: Journey) -> None:
    page = here.leader.go(f"{N}/founding/")
    here.submit('form[action$="/founding/begin/"] button')
    for number, text in enumerate(
        (DRAFT, "Järjestöt ja kunnat.", "Neljä kertaa vuodessa.", "Viestintää.", "Tieto löytyy."), 1
    ):
        here.leader.go(f"{N}/founding/draft/{number}/")
        page.locator("main textarea[name=text]").fill(text)
        here.submit()
    here.leader.go(f"{N}/founding/open/")
    here.submit()


def _answer_by_link(here: Journey, visit: Any) -> None:
    """Before the meeting; nobody sees the draft before the own answer."""
    for name, _organisation, address, _language in MEMBERS[1:5]:
        reader = here.readers[address]
        question = reader.get(here.link(address, "/answer/"))
        assert question.path.endswith("/1/")
        assert DRAFT not in question.text, "the draft was shown before an answer"
        after = reader.send(question, line1=f"{SAID} {name.split()[0]}")
        assert after.path.endswith("/2/")
        mirror = reader.get(after.path.replace("/2/", "/done/"))
        assert DRAFT in mirror.text
        assert SAID in mirror.text
    reader = here.readers[MEMBERS[1][2]]
    page = reader.get(here.link(MEMBERS[1][2], "/answer/"))
    for number in range(2, 6):
        assert page.path.endswith(f"/{number}/")
        page = reader.send(page, "/pass/")
    assert page.path.endswith("/done/")
    # The leader sees the number, not the answers.
    board = here.leader.go(f"{N}/founding/table/1/")
    assert SAID not in board.content()


def _meet(here: Journey) -> None:
    page = here.leader.go(f"{N}/meetings/new/")
    page.get_by_label(words("Title")).fill("Ensitapaaminen")
    soon = timezone.localtime(timezone.now() + timedelta(hours=1))
    page.locator("input[name=starts_at]").fill(soon.strftime("%Y-%m-%dT%H:%M"))
    page.locator("input[name=template][value=short]").check()
    here.press("Call the meeting")
    page.wait_for_url(re.compile(r"/meetings/\d+/"))
    meeting = re.search(r"/meetings/\d+/", page.url)
    assert meeting
    here.leader.go(f"{N}{meeting[0]}host/")
    here.press("Open the meeting")
    code = re.search(r"\d{3}\s?\d{3}", page.locator("main b.num").first.inner_text())
    assert code
    phones = [
        Phone(
            here.site,
            re.sub(r"\s", "", code[0]),
            f"Vieras {n + 1}",
            f"Järjestö {n % 12 + 1} ry",
            ("fi", "sv", "en")[n % 3],
        )
        for n in range(PHONES)
    ]
    screen = here.leader.context.new_page()
    screen.goto(here.site.url + f"{N}{meeting[0]}screen/")
    assert all(seen.status == 200 for seen in at_once(lambda phone: phone.join(), phones))
    _arrive(here, phones)
    _pair(here, phones)
    _ask(here, phones, screen)
    _promise(here, phones)
    _end(here, phones, meeting[0])
    screen.close()


def _go(here: Journey, key: str) -> None:
    """The host goes to the step of that key in the ready agenda."""
    from kutomo.work.meetings.rules.agenda import texts

    name = texts(key, "fi").title
    button = re.compile(f"{re.escape(words('Go here'))}.*{re.escape(name)}")
    here.page.get_by_role("button", name=button).click()
    here.page.get_by_role("heading", level=2, name=name).wait_for()


def _everybody_stands_on(phones: list[Phone], key: str) -> None:
    """Within two and a half seconds all phones show the step (they ask once a second)."""
    from kutomo.work.meetings.rules.agenda import texts

    began = time.monotonic()
    behind = list(phones)
    while behind and time.monotonic() - began < 30:
        behind = [phone for phone in behind if not _shows(phone, texts(key, "fi"), texts(key, "sv"), texts(key, "en"))]
    assert not behind, f"{len(behind)} phones do not show {key}"


def _shows(phone: Phone, *step: Any) -> bool:
    seen = phone.look().text
    return any(one.text.split(".")[0][:40].replace("'", "&#x27;") in seen for one in step)


def _arrive(here: Journey, phones: list[Phone]) -> None:
    done = at_once(lambda phone: phone.answer(word="utelias"), phones)
    assert Counter(seen.status for seen in done) == {200: PHONES}
    here.page.get_by_text(
        words("%(answered)s of %(present)s have answered", answered=PHONES, present=PHONES)
    ).wait_for()


def _pair(here: Journey, phones: list[Phone]) -> None:
    _go(here, "pairs")
    here.press("Draw the pairs")
    _everybody_stands_on(phones, "pairs")
    assert all("/know/" in phone.page.text for phone in phones), "somebody has no pair"
    late = Phone(here.site, phones[0].code, "Myöhässä Tulija", "Järjestö 13 ry")
    late.join()
    assert "/know/" in late.look().text, "a late joiner is sat down with a pair"
    first = phones[0]
    first.send(first.page, "/know/", is_known="1")


def _ask(here: Journey, phones: list[Phone], screen: Any) -> None:
    """All write in the same instant; nothing is shown before the host shows it."""
    _go(here, "task")
    _everybody_stands_on(phones, "task")
    assert DRAFT not in screen.content()
    done = at_once(lambda phone: phone.answer(answer=f"{SAID} {phone.name}"), phones)
    assert Counter(seen.status for seen in done) == {200: PHONES}
    # A phone that sends the same once more (the line broke) is counted once.
    assert phones[0].answer(answer=f"{SAID} {phones[0].name}").status == 200
    assert SAID not in phones[1].look().text
    here.press("Show the answers")
    shown = time.monotonic()
    screen.get_by_text("Joku soittaa").locator("visible=true").first.wait_for(timeout=10_000)
    assert time.monotonic() - shown < 10
    assert SAID in phones[1].look().text


def _promise(here: Journey, phones: list[Phone]) -> None:
    _go(here, "promises")
    _everybody_stands_on(phones, "promises")
    one, two = phones[0], phones[1]
    kept = one.send(one.page, "/promise/", live=True, what="Soitan viidelle ystävälle.", code="a" * 32)
    assert kept.status == 200
    other = next(
        n for n in two.page.form("/promise/").choices["doer"] if n != dict(two.page.form("/promise/").fields)["doer"]
    )
    assert two.send(two.page, "/promise/", live=True, what="Tuo kahvit.", doer=other, code="b" * 32).status == 200
    here.page.get_by_text("Soitan viidelle ystävälle.").first.wait_for()


def _end(here: Journey, phones: list[Phone], meeting: str) -> None:
    _go(here, "pulse")
    _everybody_stands_on(phones, "pulse")
    done = at_once(lambda phone: phone.answer(P1=str(4 + int(phone.name[-1]) % 2), P2="4"), phones)
    assert Counter(seen.status for seen in done) == {200: PHONES}
    here.leader.go(f"{N}{meeting}close/")
    here.press("End the meeting")
    here.page.wait_for_url("**/notes/")
    assert "Soitan viidelle ystävälle." in here.page.locator("textarea[name=notes]").input_value()
    here.press("Send the notes to all")
    for address in [LEADER, *(row[2] for row in MEMBERS)]:
        here.mailbox.wait(address, subject="Ensitapaaminen")
    last = phones[2].look()
    assert words("Pulse", LANGUAGES[2]) in last.text
    assert "100&nbsp;%" in last.text  # 30 answers, all of them 4 or 5: shares rounded to ten


def _agree(here: Journey) -> None:
    page = here.leader.go(f"{N}/founding/close/")
    here.submit()
    here.leader.go(f"{N}/founding/table/1/")
    assert page.get_by_text(SAID).first.is_visible()
    agreed = "Yksin jäänyt saa ensimmäisen yhteyden kahdessa viikossa."
    here.leader.go(f"{N}/founding/proposal/1/")
    page.get_by_label(words("Sentence"), exact=True).fill(agreed)
    for box in page.locator("input[name=answers]").all()[:6]:
        box.check()
    here.press("Add to the proposal")
    page.get_by_text(agreed).first.wait_for()
    here.leader.go(f"{N}/founding/propose/")
    here.submit()
    assert "/consent/" in page.url
    round_url = page.url
    _take_stances(here)
    here.leader.go(round_url)
    page.locator("input[name=stance][value=support]").check()
    here.submit('form[action$="/stance/"] .btn-primary')
    here.leader.go(f"{N}/founding/agree/")
    page.locator("textarea[name=what_changed]").fill("Tieto vaihtui ihmiseen, koska niin vastattiin.")
    here.submit()
    assert page.get_by_text(agreed).first.is_visible()
    for address in [LEADER, *(row[2] for row in MEMBERS)]:
        assert agreed in driver.text_of(here.mailbox.wait(address, subject=_agreed_subject(address)))


def _language(address: str) -> str:
    return next((row[3] for row in MEMBERS if row[2] == address), "fi")


def _agreed_subject(address: str) -> str:
    return words("Agreed: what the network is for, %(network)s", _language(address), network=NAME)


def _take_stances(here: Journey) -> None:
    for number, (_name, _organisation, address, _language) in enumerate(MEMBERS):
        seen = here.readers[address].get(here.link(address, "/by-mail/"))
        stance = "can_live" if number == 3 else "support"
        form: dict[str, str] = {"stance": stance}
        if "speaks" in seen.form().choices:
            form["speaks"] = "on"
        said: Seen = here.readers[address].send(seen, **form)
        assert said.status == 200


def _check_letters(here: Journey) -> None:
    """Each member got each letter once, in the own language, with links that open."""
    for name, _organisation, address, language in MEMBERS:
        letters = here.mailbox.of(address)
        subjects = Counter(letter["Subject"] for letter in letters)
        assert max(subjects.values()) == 1, f"{address}: {subjects}"
        assert {letter["Content-Language"] for letter in letters} == {language}, f"{address}: {subjects}"
        assert len(letters) >= 6, f"{address}: {subjects}"  # invitation, welcome, questions, notes, stance, agreed
        assert all(len({letter["Message-ID"] for letter in letters}) == len(letters) for _ in [0])
        for letter in letters:
            text = driver.text_of(letter)
            assert "{" not in text, text
            assert letter.get_body(("html",)) is not None
            assert name in str(letter["To"])
            for url in driver.links_in(letter):
                assert url.startswith(here.site.url), f"{letter['Subject']}: {url}"
    one = here.mailbox.of(MEMBERS[0][2])
    reader = Reader(here.site)
    for url in {url for letter in one for url in driver.links_in(letter) if "/letters/" not in url}:
        assert reader.get(url).status in (200, 410), url
