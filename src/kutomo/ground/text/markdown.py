"""Markdown to HTML that is safe to show, in time that grows with the length of the text only."""

import re
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

LONGEST = 100_000  # characters; what is over is cut, rooms refuse it before
_DEEPEST = 12  # quotations and lists inside each other

# No pictures, no HTML of one's own; headings begin at the third level because the page has the first two.
_READER = (
    MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": _DEEPEST})
    .enable(["table", "strikethrough"])
    .disable(["image", "html_block", "html_inline"])
)
_TAGS = {
    "a", "p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr",
    "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_SCHEMES = {"http", "https", "mailto", "tel"}
_MOST_MARKS = 2_500  # a book chapter has some hundreds; beyond it a text is an attack or a table of numbers
_MOST_LINES = 1_500
_MARKS = re.compile(r"[*_~`\[\]<>|\\&!#]|://")
_RUNS = re.compile(r"([*_~`\[\]<>|!(\\])\1{39,}")
_ADDRESS = re.compile(r"(?<![\w\"'(=<\[/])(https?://[^\s<>\"'\])]+[^\s<>\"'\]).,;:!?])")


def html(text: str) -> str:
    """Safe HTML. Links carry ``nofollow noopener noreferrer``; a line break in the text is one on the page."""
    text = _tame(text)
    if _is_flood(text):
        return _as_written(text)
    tokens = _READER.parse(text)
    _lower_headings(tokens)
    drawn = _READER.renderer.render(tokens, _READER.options, {})
    return nh3.clean(
        drawn,
        tags=_TAGS,
        attributes={"a": {"href", "title"}, "ol": {"start"}, "th": set(), "td": set()},
        url_schemes=_SCHEMES,
        link_rel="nofollow noopener noreferrer",
    )


def plain(text: str) -> str:
    """The words alone, paragraphs parted by an empty line."""
    text = _tame(text)
    if _is_flood(text):
        return text.strip()
    lines: list[str] = []
    for token in _READER.parse(text):
        if token.type == "inline":
            lines.append("".join(_words(child) for child in token.children or []))
        elif token.type in ("fence", "code_block"):
            lines.append(token.content.rstrip())
    return "\n\n".join(line for line in lines if line.strip())


def excerpt(text: str, length: int = 160) -> str:
    """The first ``length`` characters at most, in one line, cut between words."""
    words = re.sub(r"\s+", " ", plain(text[: length * 20])).strip()
    if len(words) <= length:
        return words
    cut = words[: length - 1].rsplit(" ", 1)[0].rstrip(" ,.;:–-")
    return (cut or words[: length - 1]) + "…"


def _is_flood(text: str) -> bool:
    """More marks or lines than people write: reading them as Markdown would take seconds."""
    return text.count("\n") > _MOST_LINES or sum(1 for _ in _MARKS.finditer(text)) > _MOST_MARKS


def _as_written(text: str) -> str:
    """The text itself in one paragraph, nothing interpreted but line breaks."""
    return "<p>" + "<br>".join(escape(text).split("\n")) + "</p>"


def _tame(text: str) -> str:
    """Cut to length, and runs of 40 or more of one mark cut to 40: nobody writes them, and parsers choke on them."""
    text = text[:LONGEST].replace("\r\n", "\n").replace("\0", "")
    text = _RUNS.sub(lambda run: run[0][:40], text)
    return text if _is_flood(text) else _ADDRESS.sub(r"<\1>", text)


def _lower_headings(tokens: list[Token]) -> None:
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 2)}"


def _words(token: Token) -> str:
    if token.type in ("softbreak", "hardbreak"):
        return "\n"
    if token.type in ("text", "code_inline", "html_inline"):
        return token.content
    return ""
