"""Tags and filters that every template has without loading them."""

import datetime as dt
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from kutomo.ground import text as texts
from kutomo.ground.ui import dates, hyphens, woven
from kutomo.ground.ui.kept import kept

register = template.Library()
register.tag(kept)


@register.simple_tag
def sure_static(path: str) -> str:
    """The address of a static file; the plain one when the list of files is missing or broken (the 500 page)."""
    try:
        return static(path)
    except (ValueError, OSError):
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, extra: str = "") -> SafeString:
    """An icon of the kit; always beside words."""
    return format_html(
        '<svg class="i{}" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>',
        f" {extra}" if extra else "",
        static("ui/icons.svg"),
        name,
    )


@register.filter
def shy(text: Any, longest: int = 12) -> str:
    """Soft hyphens in long Finnish words. For headings, buttons, labels; never names or letters."""
    words = str(text)
    if not (get_language() or "").startswith("fi"):
        return words
    hyphenated = hyphens.hyphenate(words, longest)
    # The filter adds only soft hyphens, so words that were safe are safe still.
    return mark_safe(hyphenated) if isinstance(text, SafeString) else hyphenated


@register.filter
def opening(words: Any) -> str:
    """Words that open a line or a label begin with a capital; what begins with a tag is left as it is."""
    text = str(words).lstrip()
    capital = text[:1].upper() + text[1:]
    # Changing the case of one letter keeps safe words safe.
    return mark_safe(capital) if isinstance(words, SafeString) else capital


@register.filter
def markdown(words: Any) -> SafeString:
    """Words that people wrote, as safe HTML; put them in ``<div class="prose">`` with their language."""
    return mark_safe(texts.html(str(words or "")))


@register.filter
def excerpt(words: Any, length: int = 160) -> str:
    """The beginning of Markdown as plain words."""
    return texts.excerpt(str(words or ""), length)


@register.filter
def day(value: dt.date | None) -> str:
    return dates.day(value)


@register.filter
def when(value: dt.datetime | None, end: dt.datetime | None = None) -> str:
    return dates.when(value, end)


@register.simple_tag
def weave(done: int, of: int, tone: str = "sini", label: str = "") -> SafeString:
    """Progress as one float a unit. Without ``label`` the words beside it must say all."""
    bars = woven.floats(int(done or 0), int(of or 0))
    drawn = format_html_join(
        "",
        '<rect{} x="{}" width="17" height="10"/>',
        ((mark_safe(' class="on"') if on else "", x) for x, on in bars),
    )
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="weave" data-tone="{}" viewBox="0 0 {} 10" preserveAspectRatio="none" {}>{}</svg>',
        tone,
        len(bars) * 20 - 3,
        named,
        drawn,
    )


@register.simple_tag
@lru_cache(maxsize=512)
def swatch(order: int, size: str = "") -> SafeString:
    """The organisation's woven square, by its place in the order of joining. Always beside its name."""
    tone, drawn = woven.swatch(int(order or 0))
    return format_html(
        '<svg class="swatch{}" data-tone="{}" viewBox="0 0 10 10" width="40" height="40" '
        'shape-rendering="crispEdges" aria-hidden="true"><path d="{}"/></svg>',
        f" swatch-{size}" if size else "",
        tone,
        drawn,
    )


@register.simple_tag
def avatar(name: str, tone: str = "") -> SafeString:
    """A person's initials in a circle. Always beside the name, which may be visually hidden."""
    words = [word for word in str(name).replace("-", " ").split() if word[:1].isalnum()]
    letters = (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper() if words else "?"
    tone = tone or woven.TONES[sum(map(ord, str(name))) % len(woven.TONES)]
    return format_html('<span class="avatar" data-tone="{}" aria-hidden="true">{}</span>', tone, letters)


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code of an address, with a name that says where it leads."""
    side, drawn = woven.qr(str(text))
    return format_html(
        '<div class="qr"><svg viewBox="0 0 {0} {0}" width="160" height="160" role="img" aria-label="{1}" '
        'shape-rendering="crispEdges"><path d="{2}"/></svg></div>',
        side,
        label,
        drawn,
    )


@register.filter
def drawing(picture: Any) -> SafeString:
    """An SVG that a room's rules drew, put into the page as it is: they escape every text in it.

    Raises ValueError for what is no single SVG element, so that nothing else comes in by this door.
    """
    words = str(picture or "")
    if words and not (words.startswith("<svg ") and words.endswith("</svg>") and words.count("<svg") == 1):
        raise ValueError("not a drawing")
    return mark_safe(words)


@register.simple_tag
def htmx() -> SafeString:
    """htmx from its own wheel, without eval and injected styles; 422 is swapped in like any page."""
    return format_html(
        '<meta name="htmx-config" content="{}"><script src="{}" defer></script>',
        '{"allowEval":false,"includeIndicatorStyles":false,"allowScriptTags":false,"selfRequestsOnly":true,'
        '"responseHandling":[{"code":"204","swap":false},{"code":"[23]..","swap":true},'
        '{"code":"40[349]|422|429","swap":true},{"code":"...","swap":false,"error":true}]}',
        static("django_htmx/htmx-2.min.js"),
    )


@register.simple_tag
def styles(name: str) -> SafeString:
    """A further style sheet of the kit: ``rooms`` or ``stage``."""
    return format_html('<link rel="stylesheet" href="{}">', static(f"ui/{name}.css"))


@register.simple_tag
def script(path: str) -> SafeString:
    """A small module of our own, for example ``ui/sorting.js``."""
    return format_html('<script type="module" src="{}"></script>', static(path))


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """The present address with some of its query changed; None takes a name away."""
    request: HttpRequest | None = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag
def elided(page: Page) -> list[int | str]:
    """The page numbers to show around the present one, with gaps."""
    return list(page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1))


@register.filter
def digits(code: Any) -> str:
    """A code in groups of three: ``472 918``, held together."""
    text = str(code)
    return "\u00a0".join(text[place : place + 3] for place in range(0, len(text), 3))
