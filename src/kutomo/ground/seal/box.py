"""The box: AES-256-GCM under a key of its own, HKDF from the installation's secret key (ADR 22)."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

NONCE = 12


class Unreadable(Exception):
    """The content was closed under another secret key, or it has been tampered with."""


@lru_cache(maxsize=64)
def _keys(secret: str, purpose: str) -> tuple[Any, bytes]:
    """The cipher and the key of names of one purpose."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 9 MiB: only where answers are given

    def key(use: str) -> bytes:
        return hmac.digest(secret.encode(), f"kutomo.seal:{use}:{purpose}".encode(), hashlib.sha256)

    return AESGCM(key("content")), key("name")


class Box:
    """One kind of content. ``size``: bytes to which each content is filled up, so that its length says nothing."""

    def __init__(self, purpose: str, *, size: int) -> None:
        self.purpose, self.size = purpose, size

    def name(self, *parts: object) -> str:
        """The name under which a content lies: made of the author's code, not to be guessed without the key."""
        _, key = _keys(settings.SECRET_KEY, self.purpose)
        return hmac.new(key, "\n".join(map(str, parts)).encode(), hashlib.sha256).hexdigest()

    def close(self, content: Mapping[str, Any]) -> bytes:
        """Shut ``content`` in; the same content twice gives different bytes."""
        cipher, _ = _keys(settings.SECRET_KEY, self.purpose)
        words = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        nonce = os.urandom(NONCE)
        filled: bytes = words.ljust(-(-len(words) // self.size) * self.size)
        return nonce + bytes(cipher.encrypt(nonce, filled, self.purpose.encode()))

    def open(self, body: bytes | memoryview) -> dict[str, Any]:
        """What was shut in. Raises Unreadable."""
        from cryptography.exceptions import InvalidTag

        cipher, _ = _keys(settings.SECRET_KEY, self.purpose)
        whole = bytes(body)
        try:
            found: dict[str, Any] = json.loads(cipher.decrypt(whole[:NONCE], whole[NONCE:], self.purpose.encode()))
        except (InvalidTag, ValueError) as trouble:
            raise Unreadable(self.purpose) from trouble
        return found
