"""From an outbox row to the message on the wire."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .address import one_line
from .markdown import as_html, as_text
from .models import Letter


def message_id(key: str) -> str:
    """The same for every try of the same letter, so that a duplicate could be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname
    return f"<{salted_hmac('kutomo.mail.message', key, algorithm='sha256').hexdigest()[:40]}@{domain}>"


def text_part(letter: Letter) -> str:
    """The letter as plain text, saying all that the HTML says."""
    with translation.override(letter.language):
        foot = "\n".join(f"{words} {url}" for words, url in _foot(letter))
    return f"{_sender(letter)}\n\n{as_text(letter.body)}\n\n---\n{foot}\n"


def html_part(letter: Letter) -> str:
    """The letter as HTML."""
    with translation.override(letter.language):
        link = '<a class="a" href="{}" style="color:#1f5480;">{}</a>'
        foot = [format_html(link, url, words) for words, url in _foot(letter)]
        return render_to_string(
            "mail/letter.html",
            {
                "language": letter.language,
                "subject": subject_line(letter),
                "sender": _sender(letter),
                "body": SafeString(as_html(letter.body)),
                "foot": foot,
            },
        )


def subject_line(letter: Letter) -> str:
    """ "[Network] What it is about"."""
    return f"[{_sender(letter)}] {letter.subject}"


def build(letter: Letter) -> EmailMultiAlternatives:
    """The whole message. Raises RuleBroken when a header would have a line break in it."""
    headers = {
        "Message-ID": message_id(letter.key),
        "Content-Language": letter.language,
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
    }
    if letter.unsubscribe:
        headers["List-Unsubscribe"] = f"<{settings.BASE_URL}{letter.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    message = EmailMultiAlternatives(
        subject=one_line(subject_line(letter)),
        body=text_part(letter),
        from_email=formataddr((one_line(letter.sender or name), address)),
        to=[formataddr((one_line(letter.name), one_line(letter.email)))],
        headers=headers,
    )
    message.attach_alternative(html_part(letter), "text/html")
    return message


def _sender(letter: Letter) -> str:
    return letter.sender or "Kutomo"


def _foot(letter: Letter) -> list[tuple[str, str]]:
    """The small print: where it came from, how to stop it."""
    lines = [(_("This letter came from Kutomo. There is no tracking in it."), settings.BASE_URL)]
    if letter.unsubscribe:
        lines.append((_("You can stop letters like this with one press:"), settings.BASE_URL + letter.unsubscribe))
    return lines
