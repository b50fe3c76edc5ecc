"""A letter's Markdown as text for every reader and as HTML that even Outlook lays out."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Indented lines come from indented template tags, never from code; HTML in a letter is text.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["code", "html_block", "html_inline", "image"])

_TEXT = "margin:0 0 16px;font-size:17px;line-height:26px;color:#16222a;"
_HEAD = "margin:12px 0 10px;font-size:21px;line-height:28px;font-weight:bold;color:#16222a;"
_LINK = "color:#1f5480;"
_BUTTON = (
    "display:inline-block;background:#1f5480;color:#ffffff;font-size:17px;line-height:24px;font-weight:bold;"
    "text-decoration:none;padding:12px 22px;"
)
_ITEM = "margin:0 0 8px;font-size:17px;line-height:26px;color:#16222a;"
_QUOTE = "margin:0 0 16px;padding:2px 0 2px 14px;border-left:3px solid #c8c3b4;"


def plain(line: str) -> str:
    """One line of Markdown as plain text: a subject, a name."""
    return _line(_markdown.parseInline(line)[0].children or [], links=False)


def as_text(body: str) -> str:
    """The letter as plain text: links as "words: address", lists with dashes, nothing lost."""
    blocks: list[str] = []
    marks: list[str] = []  # what stands before the lines of a list item or a quotation
    numbers: list[int] = []
    fresh = False
    tokens = _markdown.parse(body)
    for index, token in enumerate(tokens):
        match token.type:
            case "bullet_list_open":
                numbers.append(0)
            case "ordered_list_open":
                numbers.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                numbers.pop()
            case "list_item_open":
                marks.append(f"{numbers[-1]}. " if numbers[-1] else "- ")
                numbers[-1] += bool(numbers[-1])
                fresh = True
            case "blockquote_open":
                marks.append("> ")
            case "list_item_close" | "blockquote_close":
                marks.pop()
            case "hr":
                blocks.append("---")
            case "inline":
                button = _button(tokens, index)
                words = f"{plain_of(button)}:\n{button[0].attrGet('href')}" if button else _line(token.children or [])
                first = "".join(marks if fresh else [_rest(mark) for mark in marks])
                rest = "".join(_rest(mark) for mark in marks)
                blocks.append(first + words.replace("\n", "\n" + rest))
                fresh = False
    return "\n\n".join(blocks)


def as_html(body: str) -> str:
    """The letter's body as HTML with inline styles; goes into the frame of templates/mail/letter.html."""
    tokens, parts, item = _markdown.parse(body), [], 0
    tags = {
        "bullet_list_open": '<ul style="margin:0 0 16px;padding:0 0 0 22px;">',
        "bullet_list_close": "</ul>",
        "ordered_list_close": "</ol>",
        "list_item_open": f'<li class="t" style="{_ITEM}">',
        "list_item_close": "</li>",
        "blockquote_open": f'<blockquote class="q" style="{_QUOTE}">',
        "blockquote_close": "</blockquote>",
        "hr": '<p class="line" style="margin:8px 0 24px;border-top:1px solid #dad7cd;font-size:0;">&nbsp;</p>',
    }
    for index, token in enumerate(tokens):
        item += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        if token.type == "inline":
            parts.append(_block(tokens, index, in_item=item > 0))
        elif token.type == "ordered_list_open":
            start = int(token.attrGet("start") or 1)
            parts.append(f'<ol start="{start}" style="margin:0 0 16px;padding:0 0 0 26px;">')
        elif token.type in tags:
            parts.append(tags[token.type])
    return "".join(parts)


def line_as_html(line: str) -> str:
    """One line of Markdown as HTML without a paragraph round it."""
    return _html(_markdown.parseInline(line)[0].children or [])


def _block(tokens: list[Token], index: int, *, in_item: bool) -> str:
    """A paragraph, a heading, or a paragraph that is one link only: a button."""
    if button := _button(tokens, index):
        href = escape(str(button[0].attrGet("href")))
        words = _html(button[1:-1])
        return f'<p style="margin:4px 0 22px;"><a class="btn" href="{href}" style="{_BUTTON}">{words}</a></p>'
    words = _html(tokens[index].children or [])
    if tokens[index - 1].type == "heading_open":
        return f'<h2 class="t" style="{_HEAD}">{words}</h2>'
    return words if in_item else f'<p class="t" style="{_TEXT}">{words}</p>'


def _button(tokens: list[Token], index: int) -> list[Token]:
    """The tokens of the link when the paragraph at top level is nothing but a link."""
    children = tokens[index].children or []
    alone = (
        tokens[index - 1].type == "paragraph_open"
        and tokens[index].level == 1
        and len(children) >= 3
        and children[0].type == "link_open"
        and children[-1].type == "link_close"
        and sum(child.type == "link_open" for child in children) == 1
    )
    return children if alone else []


def _html(tokens: Iterable[Token]) -> str:
    parts = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(escape(token.content))
            case "softbreak":
                parts.append("\n")
            case "hardbreak":
                parts.append("<br>\n")
            case "strong_open" | "em_open":  # no italics in this house
                parts.append("<b>")
            case "strong_close" | "em_close":
                parts.append("</b>")
            case "link_open":
                parts.append(f'<a class="a" href="{escape(str(token.attrGet("href")))}" style="{_LINK}">')
            case "link_close":
                parts.append("</a>")
    return "".join(parts)


def plain_of(tokens: list[Token]) -> str:
    """The words of a link without its address."""
    return _line(tokens[1:-1])


def _line(tokens: Iterable[Token], *, links: bool = True) -> str:
    parts, href, start = [], "", 0
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                parts.append(token.content)
            case "softbreak" | "hardbreak":
                parts.append("\n")
            case "link_open":
                href, start = str(token.attrGet("href")), len(parts)
            case "link_close" if links:
                words = "".join(parts[start:])
                shown = href.removeprefix("mailto:")
                parts[start:] = [shown if words == shown else f"{words} ({shown})"]
    return "".join(parts)


def _rest(mark: str) -> str:
    return mark if mark == "> " else " " * len(mark)
