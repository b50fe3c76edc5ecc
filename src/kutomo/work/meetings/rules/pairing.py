"""Changing pairs: people who do not know each other's work meet; nobody meets the same one twice.

Odd numbers make one trio. The same people, the same history and the same seed give the same pairs.
Up to twelve people the best arrangement is found by trying all; above that by exchanging partners
until no exchange helps, from several starts.
"""

import random
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import combinations

AGAIN, SAME_HOUSE, KNOWN = 10_000, 30, 10
"""What it costs to sit two people together who have met already today, who come from the same organisation,
who know each other's work."""

EXACT_UP_TO = 12
STARTS = 6

Group = tuple[int, ...]
Pair = frozenset[int]
Cost = Callable[[int, int], int]


def pairs_of(groups: Iterable[Collection[int]]) -> set[Pair]:
    """Every two who sat in the same group."""
    return {frozenset(two) for group in groups for two in combinations(sorted(group), 2)}


def cost_of(met: Collection[Pair], known: Collection[Pair], organisations: Mapping[int, str]) -> Cost:
    """The cost of sitting a and b together."""

    def cost(a: int, b: int) -> int:
        two = frozenset((a, b))
        house = organisations.get(a, "")
        return (
            (AGAIN if two in met else 0)
            + (KNOWN if two in known else 0)
            + (SAME_HOUSE if house and house == organisations.get(b, "") else 0)
        )

    return cost


def pair(
    people: Sequence[int],
    *,
    met: Collection[Pair] = frozenset(),
    known: Collection[Pair] = frozenset(),
    organisations: Mapping[int, str] | None = None,
    seed: int = 0,
) -> list[Group]:
    """Groups of two (one of three when odd) over all ``people``; fewer than two people give no group.

    ``met``: pairs of earlier rounds, repeated only when nothing else is possible. ``known``: pairs that
    have said that they know each other's work. ``organisations``: name by person.
    """
    if len(people) < 2:
        return []
    cost = cost_of(met, known, organisations or {})
    order = sorted(people)
    random.Random(seed).shuffle(order)
    groups = _exact(order, cost) if len(order) <= EXACT_UP_TO else _exchanged(order, cost, seed)
    return sorted(tuple(sorted(group)) for group in groups)


def join_late(groups: Sequence[Group], newcomer: int, cost: Cost) -> int:
    """The number of the group that a late joiner sits down with: the smallest, then the least known."""
    return min(
        range(len(groups)),
        key=lambda i: (len(groups[i]), sum(cost(newcomer, other) for other in groups[i]), i),
    )


def _trios(order: Sequence[int]) -> Iterable[Group]:
    return combinations(order, 3) if len(order) % 2 else [()]


def _exact(order: list[int], cost: Cost) -> list[Group]:
    """The cheapest arrangement, by trying all (at most 220 trios x 2,620 halves)."""

    @cache
    def best(rest: frozenset[int]) -> tuple[int, tuple[Group, ...]]:
        if not rest:
            return 0, ()
        first = next(one for one in order if one in rest)
        return min(
            (
                (cost(first, other) + price, ((first, other), *pairs))
                for other in order
                if other in rest and other != first
                for price, pairs in [best(rest - {first, other})]
            ),
            key=lambda found: found[0],
        )

    def with_trio(trio: Group) -> tuple[int, tuple[Group, ...]]:
        price, pairs = best(frozenset(order) - set(trio))
        inside = sum(cost(a, b) for a, b in combinations(trio, 2))
        return price + inside, (trio, *pairs) if trio else pairs

    return list(min((with_trio(trio) for trio in _trios(order)), key=lambda found: found[0])[1])


def _exchanged(order: list[int], cost: Cost, seed: int) -> list[Group]:
    """A good arrangement by exchanging members of two groups while that is cheaper."""
    best: tuple[int, list[list[int]]] | None = None
    for start in range(STARTS):
        line = list(order)
        random.Random(seed * STARTS + start).shuffle(line)
        groups = [line[i : i + 2] for i in range(0, len(line) - len(line) % 2, 2)]
        if len(line) % 2:
            groups[-1].append(line[-1])
        _improve(groups, cost)
        price = sum(_inside(group, cost) for group in groups)
        if best is None or price < best[0]:
            best = price, groups
        if price == 0:
            break
    assert best is not None
    return [tuple(group) for group in best[1]]


def _inside(group: Sequence[int], cost: Cost) -> int:
    return sum(cost(a, b) for a, b in combinations(group, 2))


def _improve(groups: list[list[int]], cost: Cost) -> None:
    """Exchange one member between two groups as long as it lowers the price; only costly groups are moved."""
    price = [_inside(group, cost) for group in groups]
    again = True
    while again:
        again = False
        for i in sorted(range(len(groups)), key=lambda n: -price[n]):
            if not price[i]:
                break
            again = _swap_best(groups, price, i, cost) or again


def _swap_best(groups: list[list[int]], price: list[int], i: int, cost: Cost) -> bool:
    """The best single exchange between group ``i`` and any other; True when one was made."""
    found: tuple[int, int, list[int], list[int]] | None = None
    for j in range(len(groups)):
        if j == i:
            continue
        for x in range(len(groups[i])):
            for y in range(len(groups[j])):
                a, b = list(groups[i]), list(groups[j])
                a[x], b[y] = b[y], a[x]
                gain = price[i] + price[j] - _inside(a, cost) - _inside(b, cost)
                if gain > 0 and (found is None or gain > found[0]):
                    found = gain, j, a, b
        if found and found[0] >= price[i] + price[found[1]]:
            break
    if found is None:
        return False
    _, j, groups[i], groups[j] = found
    price[i], price[j] = _inside(groups[i], cost), _inside(groups[j], cost)
    return True
