"""The tag ``kept``: drawn once for a value, and nothing but the value can be seen inside."""

from dataclasses import dataclass

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import translation

from kutomo.ground.ui import kept


@dataclass(frozen=True)
class Sign:
    words: str


def draw(template, **context):
    return template.render(context)


def template(source: str):
    return engines["django"].from_string(source)


def test_a_part_is_drawn_once_for_each_value():
    asked = []

    @dataclass(frozen=True)
    class Counted(Sign):
        @property
        def told(self) -> str:
            asked.append(self.words)
            return self.words

    part = template("{% kept sign %}<b>{{ sign.told }}</b>{% endkept %}")
    assert [draw(part, sign=Counted(word)) for word in ("a", "b", "a<")] == ["<b>a</b>", "<b>b</b>", "<b>a&lt;</b>"]
    assert draw(part, sign=Counted("a")) == "<b>a</b>"
    assert asked == ["a", "b", "a<"]


def test_a_part_sees_nothing_but_its_value():
    part = template("{{ secret }}{% kept sign %}{{ sign.words }}{{ secret }}{{ request }}{% endkept %}")
    assert draw(part, sign=Sign("a"), secret="mine") == "minea"


def test_the_language_is_a_part_of_the_key():
    part = template('{% kept sign %}{% translate "Save" %}{% endkept %}')
    drawn = []
    for language in ("fi", "sv", "fi"):
        with translation.override(language):
            drawn.append(draw(part, sign=Sign("a")))
    assert drawn[0] == drawn[2] != drawn[1]


def test_what_cannot_be_a_key_is_drawn_each_time():
    part = template("{% kept sign %}{{ sign.words }}{% endkept %}")
    assert [draw(part, sign={"words": word}) for word in "ab"] == ["a", "b"]


def test_what_is_kept_does_not_grow_for_ever(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 3)
    part = template("{% kept number %}{{ number }}{% endkept %}")
    assert [draw(part, number=number) for number in range(9)] == [str(number) for number in range(9)]
    (node,) = part.template.nodelist.get_nodes_by_type(kept.Kept)
    assert len(node.drawn) <= 3


@pytest.mark.parametrize("source", ["{% kept %}{% endkept %}", "{% kept nav.rooms %}{% endkept %}"])
def test_it_takes_names(source: str):
    with pytest.raises(TemplateSyntaxError, match="kept"):
        template(source)
