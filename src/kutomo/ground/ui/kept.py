"""``{% kept one other %}…{% endkept %}``: a part of a page that is drawn once and kept in the process.

Inside, the template sees the named values and nothing else, so what it draws can depend on nothing else; the
values are the key. That makes it right in any number of processes without anybody telling them of a change: a
value that has changed is another key. Values that cannot be a key (no hash) are drawn each time.
"""

from typing import Any

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

MOST = 512
"""Drawings of one part that a process keeps: a busy installation's networks times the pages of their frame."""


class Kept(Node):
    """The language is a part of every key."""

    def __init__(self, names: dict[str, FilterExpression], nodelist: NodeList):
        self.names, self.nodelist = names, nodelist
        self.drawn: dict[tuple[Any, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.names.items()}
        key = (get_language(), *values.values())
        try:
            found = self.drawn.get(key)
        except TypeError:  # no key
            return self._draw(context, values)
        if found is None:
            found = self._draw(context, values)
            if len(self.drawn) >= MOST:
                self.drawn.clear()
            self.drawn[key] = found
        return found

    def _draw(self, context: Context, values: dict[str, Any]) -> SafeString:
        return mark_safe(self.nodelist.render(context.new(values)))


def kept(parser: Parser, token: Token) -> Kept:
    names = token.split_contents()[1:]
    if not names or not all(name.isidentifier() for name in names):
        raise TemplateSyntaxError("{% kept %} takes names of the context: {% kept nav %}")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept({name: parser.compile_filter(name) for name in names}, nodelist)
