"""Phones of a live meeting as plain HTTP clients: one connection each, cookies of their own."""

from __future__ import annotations

import asyncio
import contextlib
import re
import secrets
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Phone:
    """``answers``: claim code -> words that the server has acknowledged."""

    port: int
    code: str
    number: int
    cookies: dict[str, str] = field(default_factory=dict)
    acknowledged: dict[str, str] = field(default_factory=dict)
    version: str = ""
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, data: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, dict, bytes]:
        """One request over the phone's connection; opened again when the server has closed it."""
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._line
        body = urlencode(data).encode() if data is not None else b""
        lines = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Accept-Language: fi"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        if data is not None:
            lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
        try:
            writer.write(("\r\n".join(lines) + "\r\n\r\n").encode() + body)
            return await self._read(reader)
        except (OSError, asyncio.IncompleteReadError, ValueError, IndexError):
            self.hang_up()
            raise ConnectionError from None

    async def _read(self, reader: asyncio.StreamReader) -> tuple[int, dict, bytes]:
        status = int((await reader.readline()).split()[1])
        headers: dict[str, str] = {}
        while (line := await reader.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin1").partition(":")
            name, value = name.lower(), value.strip()
            if name == "set-cookie":
                cookie, _, content = value.split(";")[0].partition("=")
                self.cookies[cookie] = content
            headers[name] = value
        if headers.get("transfer-encoding") == "chunked":
            body = b""
            while size := int((await reader.readline()).split(b";")[0], 16):
                body += (await reader.readexactly(size + 2))[:-2]
            await reader.readline()
        else:
            body = await reader.readexactly(int(headers.get("content-length", 0)))
        if headers.get("connection") == "close":
            self.hang_up()
        return status, headers, body

    def hang_up(self) -> None:
        if self._line is not None:
            with contextlib.suppress(RuntimeError):  # of an event loop that is over
                self._line[1].close()
            self._line = None

    async def join(self) -> bool:
        """Come in with the code, a name and an organisation."""
        status, _, page = await self.ask("GET", f"/live/{self.code}/")
        token = TOKEN.search(page.decode())
        if status != 200 or token is None:
            return False
        who = {
            "csrfmiddlewaretoken": token[1],
            "name": f"Vieras {self.number}",
            "organisation": f"Talo {self.number % 40}",
        }
        status, _, _ = await self.ask("POST", f"/live/{self.code}/join/", who)
        return status == 302

    async def answer(self, step: int, slot: str, words: str, claim: str = "") -> bool | None:
        """True when acknowledged, False when refused, None when no answer came. ``claim`` is sent again as it was."""
        claim = claim or secrets.token_hex(16)
        data = {"step": str(step), "code": claim, "language": "fi", slot: words}
        try:
            status, _, _ = await asyncio.wait_for(self.ask("POST", f"/live/{self.code}/answer/", data, X_Live="1"), 30)
        except (TimeoutError, ConnectionError, OSError):
            self.hang_up()
            return None
        if status == 200:
            self.acknowledged[claim] = words
            return True
        return None if status >= 500 else False

    async def beat(self) -> bool:
        """Ask for news; True when a new part came."""
        status, headers, _ = await self.ask("GET", f"/live/{self.code}/pulse/?v={self.version}&l=fi")
        if status == 200:
            self.version = headers["x-version"]
        return status == 200


async def gather(port: int, code: str, count: int) -> list[Phone]:
    """``count`` phones that are in."""
    phones = [Phone(port, code, number) for number in range(count)]
    door = asyncio.Semaphore(16)

    async def come(phone: Phone) -> None:
        async with door:
            if not await phone.join():
                raise SystemExit(f"phone {phone.number} could not join")

    await asyncio.gather(*(come(phone) for phone in phones))
    return phones


def at(values: list[float], share: float) -> float:
    """The value below which ``share`` of all lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else float("nan")


@dataclass
class Storm:
    """What came of one round of answers; seconds."""

    sent: int
    acknowledged: int
    p50: float
    p95: float
    p99: float
    longest: float
    all_after: float


async def storm(phones: list[Phone], step: int, slot: str, spread: float = 0.0) -> Storm:
    """All phones answer, in the same instant or evenly over ``spread`` seconds."""
    start = time.perf_counter() + 0.3

    async def one(phone: Phone) -> tuple[float, float, bool | None]:
        await asyncio.sleep(max(0.0, start + spread * phone.number / len(phones) - time.perf_counter()))
        began = time.perf_counter()
        got = await phone.answer(step, slot, f"Ajatus {phone.number}: kysymme, kuka puuttuu, ja kutsumme hänet.")
        return began, time.perf_counter(), got

    done = await asyncio.gather(*(one(phone) for phone in phones))
    took = [end - began for began, end, got in done if got]
    last = max(end for _, end, _ in done) - start
    return Storm(len(phones), len(took), at(took, 0.5), at(took, 0.95), at(took, 0.99), at(took, 1), last)
