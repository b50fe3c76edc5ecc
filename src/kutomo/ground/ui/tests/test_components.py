"""Every component draws itself, with cotton and partials both at work, and lets nothing of the writer's through."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

import kutomo.ground.ui
from kutomo.ground.ui.gallery import Sample

UI = Path(kutomo.ground.ui.__file__).parent
COMPONENTS = sorted(place.stem for place in (UI / "templates" / "components").glob("*.html"))
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "path", "rect", "source", "use", "wbr"}


class Balanced(HTMLParser):
    """Collects tags that do not close as they opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _ in attrs]
        self.wrong += [f"{tag}: {name} twice" for name in set(names) if names.count(name) > 1]

    def handle_startendtag(self, tag, attrs):
        pass

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def draw(source: str, **context) -> str:
    template = engines["django"].from_string(source) if "<c-" not in source else _compiled(source)
    return template.render(context, RequestFactory().get("/?page=2&sort=name"))


def _compiled(source: str):
    from django_cotton.compiler_regex import CottonCompiler

    return engines["django"].from_string(CottonCompiler().process(source))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_draws_itself_whole(name: str):
    shown = draw(
        f'<c-{name.replace("_", "-")} title="Otsikko" name="Nimi" label="Nimi" id="osa" text="Teksti" code="472918" '
        ':form="form" :field="form.email" :page="page" :items="items" action="/x/">Sisältö</c-'
        f"{name.replace('_', '-')}>",
        form=Sample({}),
        page=Paginator(range(100), 10).page(2),
        items=[],
    )
    parser = Balanced()
    parser.feed(shown)
    assert parser.wrong == []
    assert parser.open == []
    assert shown.strip()
    assert "<c-" not in shown
    assert "{%" not in shown
    assert " style=" not in shown


def test_the_gallery_shows_every_component():
    shown = " ".join(place.read_text() for place in (UI / "templates" / "ui" / "gallery").glob("*.html"))
    missing = [name for name in COMPONENTS if f"<c-{name.replace('_', '-')}" not in shown]
    # Field and errors are what <c-form> is made of; it shows them.
    assert missing == ["errors", "field"]


@pytest.mark.parametrize("name", ["row", "section", "notice", "answer", "tag", "strand", "sorting-card", "post"])
def test_what_people_wrote_is_escaped_once(name: str):
    evil = '<b onclick="x">&'
    shown = draw(
        f'<c-{name} title="{{{{ evil }}}}" text="{{{{ evil }}}}" name="{{{{ evil }}}}">{{{{ evil }}}}</c-{name}>',
        evil=evil,
    )
    assert "<b onclick" not in shown
    assert "&amp;amp;" not in shown
    assert "&lt;b onclick" in shown


def test_a_dynamic_attribute_is_escaped():
    assert "<script>" not in draw('<c-answer :text="evil" />', evil="<script>")


def test_components_and_partials_work_inside_each_other():
    shown = draw(
        "{% partialdef card %}<c-tag tone='kuusi'>{{ word }}</c-tag>{% endpartialdef %}"
        "<c-panel title='Ulompi'><c-notice>{% partial card %}</c-notice></c-panel>",
        word="sisin",
    )
    assert re.search(r'class="panel.*class="notice".*class="tag" data-tone="kuusi".*Sisin', shown, re.S)


def test_pages_keep_the_rest_of_the_address():
    shown = draw('<c-pages :page="page" />', page=Paginator(range(100), 10).page(2))
    assert 'href="?page=3&amp;sort=name"' in shown
    assert '<span aria-current="page">2</span>' in shown


def test_one_page_needs_no_numbers():
    assert draw('<c-pages :page="page" />', page=Paginator(range(3), 10).page(1)).strip() == ""


def test_every_icon_that_a_template_names_is_in_the_sprite():
    sprite = (UI / "static" / "ui" / "icons.svg").read_text()
    there = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = set()
    for place in UI.parents[1].rglob("*.html"):
        text = place.read_text()
        used |= set(re.findall(r'{% icon "([^"]+)"', text))
        used |= {name for name in re.findall(r'<c-[a-z-]+[^>]*\sicon="([^"{]+)"', text)}
    assert used - there == set()
