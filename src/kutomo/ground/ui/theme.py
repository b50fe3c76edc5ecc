"""Light or dark: what the reader has chosen, if anything."""

from django.http import HttpRequest

COOKIE = "theme"
THEMES = ("light", "dark")


def chosen(request: HttpRequest) -> str:
    """``light``, ``dark``, or empty when the device decides."""
    value = request.COOKIES.get(COOKIE, "")
    return value if value in THEMES else ""
