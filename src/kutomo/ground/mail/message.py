"""From an outbox row to the message on the wire."""

from __future__ import annotations

from email.utils import formataddr, parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .address import one_line
from .markdown import as_html, as_text, line_as_html
from .models import Letter


def message_id(key: str) -> str:
    """The same for every try of the same letter, so that a duplicate could be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or urlsplit(settings.BASE_URL).hostname
    return f"<{salted_hmac('kutomo.mail.message', key, algorithm='sha256').hexdigest()[:40]}@{domain}>"


def text_part(letter: Letter) -> str:
    """The letter as plain text, saying all that the HTML says."""
    with translation.override(letter.language):
        foot = "\n".join(as_text(line) for line in _foot(letter))
    return f"{_sender(letter)}\n\n{as_text(letter.body)}\n\n---\n{foot}\n"


def html_part(letter: Letter) -> str:
    """The letter as HTML."""
    with translation.override(letter.language):
        return render_to_string(
            "mail/letter.html",
            {
                "language": letter.language,
                "subject": subject_line(letter),
                "sender": _sender(letter),
                "body": SafeString(as_html(letter.body)),
                "foot": [SafeString(line_as_html(line)) for line in _foot(letter)],
            },
        )


def subject_line(letter: Letter) -> str:
    """ "[Network] What it is about"; the name is not said twice."""
    sender = _sender(letter)
    return letter.subject if sender in letter.subject else f"[{sender}] {letter.subject}"


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


def _foot(letter: Letter) -> list[str]:
    """The small print, as Markdown: where it came from, how to stop it."""
    lines = [" ".join([_("This letter came from Kutomo. There is no tracking in it."), f"<{settings.BASE_URL}>"])]
    if letter.unsubscribe:
        lines.append(f"[{_('Stop letters like this')}]({settings.BASE_URL}{letter.unsubscribe})")
    return lines
