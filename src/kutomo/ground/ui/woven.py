"""Small pictures made of threads: progress, an organisation's own swatch, a QR code, as SVG paths."""

from functools import cache

import segno

MOST = 30  # floats in a progress bar; more are drawn to scale
TONES = ("sini", "kuusi", "matara", "sauramo")
SIDE = 10


def floats(done: int, of: int) -> list[tuple[int, bool]]:
    """The bars of a progress picture: x and whether it is woven. Over 30 units the picture is to scale."""
    of, done = max(1, of), max(0, min(done, of))
    if of > MOST:
        # Neither empty nor full unless it really is.
        scaled = round(done * MOST / of)
        done, of = (min(max(scaled, 1), MOST - 1) if 0 < done < of else scaled), MOST
    return [(place * 20, place < done) for place in range(of)]


def swatch(order: int) -> tuple[str, str]:
    """The tone and the path of the weave for the member who joined as number ``order`` (from 0)."""
    drafts = _drafts()
    return TONES[order % len(TONES)], drafts[order % len(drafts)]


@cache
def _drafts() -> tuple[str, ...]:
    """All different weaves that these threadings, treadlings and tie-ups give, like ones kept apart."""
    threads = ("0123", "0123210", "0011223322", "0213", "01230321", "0022113", "012", "00112233")
    tieups = (
        (0b0011, 0b0110, 0b1100, 0b1001),
        (0b0101, 0b1010),
        (0b0001, 0b0010, 0b0100, 0b1000, 0b0100, 0b0010),
        (0b0111, 0b1110, 0b1101, 0b1011),
        (0b0011, 0b1100),
        (0b0110, 0b1001, 0b0011),
    )
    seen: dict[str, None] = {}
    for tie in tieups:
        for across in threads:
            for down in threads:
                rows = [[_over(tie, across, down, x, y) for x in range(SIDE)] for y in range(SIDE)]
                if 30 <= sum(map(sum, rows)) <= 70:
                    seen.setdefault(path(rows), None)
    found = list(seen)
    step = next(step for step in range(len(found) * 5 // 8, len(found) + 1) if _coprime(step, len(found)))
    return tuple(found[place * step % len(found)] for place in range(len(found)))


def _over(tie: tuple[int, ...], across: str, down: str, x: int, y: int) -> int:
    """1 where the weft lies over the warp: the treadle of row y lifts the shaft of column x."""
    return tie[int(down[y % len(down)]) % len(tie)] >> int(across[x % len(across)]) & 1


def path(rows: list[list[int]] | list[bytearray]) -> str:
    """An SVG path of the dark cells, one rectangle a run."""
    pieces = []
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            pieces.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end
    return "".join(pieces)


def qr(text: str) -> tuple[int, str]:
    """The side (in modules, without margin) and the path of a QR code."""
    rows = [bytearray(row) for row in segno.make_qr(text, error="m").matrix]
    return len(rows), path(rows)


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
