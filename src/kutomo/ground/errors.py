"""Anticipated refusals. One middleware turns them into pages and fragments (ground/ui/middleware.py).

Anything else that is raised is a bug: a 500, logged once.
"""

from collections.abc import Mapping

from django.utils.functional import Promise

Words = str | Promise


class Refusal(Exception):
    """Something that the reader may not or cannot do, said in the reader's language."""

    status = 409

    def __init__(self, words: Words, *, field: str = "", params: Mapping[str, object] | None = None):
        """``words``: a whole translated sentence that says what to do; ``field``: the form field it is about."""
        self.words, self.field, self.params = words, field, params or {}
        super().__init__(words)

    def __str__(self) -> str:
        return str(self.words) % self.params if self.params else str(self.words)


class RuleBroken(Refusal):
    """The act is against a rule of the domain as things stand now."""


class NotAllowed(Refusal):
    """The person lacks a capability; the page says who has it."""

    status = 403

    def __init__(self, words: Words, *, can: str = "", network: object | None = None):
        super().__init__(words)
        self.can, self.network = can, network


class NotFound(Refusal):
    """No such thing, or nothing that this person may see: the two look the same."""

    status = 404


class TooMany(Refusal):
    """A rate limit; ``retry_after`` seconds."""

    status = 429

    def __init__(self, words: Words, *, retry_after: int):
        super().__init__(words)
        self.retry_after = retry_after
