"""Figures of knowing and working together: exact, since both sides may see these ties. Pure.

Definitions and conventions: specs, network analysis, 2 to 2.4. U: at least one side says so; M: both say so. Only
members on the map are counted (a node that has left is removed, not hidden). Undefined is None with a reason.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from kutomo.ground.graph import Graph, measures
from kutomo.ground.graph.arrays import np

from .answers import Answers
from .gates import ALL, TOO_FEW
from .knowing import mutual_knowledge, reach_without_leader
from .ladder import UNKNOWN, Bools, Table, change, ladder
from .scoring import KNOWS, WORKS, Pair
from .shape import BOTH, ONE, Figure, Member, ShownTie

FEW = 5  # fewer contradictions than this are not counted out
NOBODY, NO_PAIRS, NO_TIES, RESPONSE, LEADER, SMALL = (
    "nobody", "no_pairs", "no_ties", "low_response", "leader_not_shown", "small",
)  # fmt: skip


def figure(key: str, value: float | None, n: int, of: int, why: str = NO_TIES) -> Figure:
    """A figure, undefined for the reason ``why`` when there is no value."""
    return Figure(key, None, n, of, why) if value is None else Figure(key, float(value), n, of)


def union(said: Table) -> Bools:
    """U: at least one side says so."""
    return (said == 1) | (said == 1).T


def mutual(said: Table) -> Bools:
    """M: both say so."""
    return (said == 1) & (said == 1).T


def graph(seats: Sequence[int], ties: Bools) -> Graph:
    """The undirected graph of a symmetric table."""
    tails, heads = np.nonzero(np.triu(ties, 1))
    return Graph.from_arrays([str(seat) for seat in seats], tails, heads, None, False)


def shown_ties(answers: Answers, told: Collection[int]) -> tuple[ShownTie, ...]:
    """The ties that everybody may see: confirmed ones, and those whose other side has not answered.

    The latter only where the silent seat is among ``told``, the seats of which all may see whether they have answered.
    Contradictions are never among them. In the order of the seats' keys.
    """
    seats = answers.seats
    silent = np.array([seat in told for seat in seats], bool)
    levels = {"knows": np.maximum(answers.knows, answers.known), "works": answers.works}
    found = []
    for relation, said in (("knows", answers.known), ("works", answers.worked)):
        both = mutual(said)
        dashed = (said == 1) & (said == UNKNOWN).T & silent[None, :]
        level = levels[relation]
        lower = np.minimum(level, level.T)
        for ties, told, evidence in ((np.triu(both, 1), lower, BOTH), (dashed, level, ONE)):
            rows, columns = np.nonzero(ties)
            for i, j, at in zip(rows.tolist(), columns.tolist(), told[rows, columns].tolist(), strict=True):
                found.append(_tie(seats[i], seats[j], relation, at, evidence))
    return tuple(sorted(found, key=lambda tie: (tie.a, tie.b, tie.relation)))


def _tie(a: int, b: int, relation: str, level: int, evidence: str) -> ShownTie:
    return ShownTie(min(a, b), max(a, b), relation, max(1, level), evidence)


def structure(
    answers: Answers,
    members: Sequence[Member],
    *,
    gate: str,
    leaders: Iterable[int],
    ticks: Iterable[Pair],
    persons: Collection[int] = (),
) -> Iterator[Figure]:
    """All figures of knowing and working together that may be told at this response. ``persons``: private seats."""
    n = len(answers.seats)
    named = int((answers.known == 1).sum())
    yield figure("named_by", named / n if n else None, n=int(answers.answered.sum()), of=n, why=NOBODY)
    if gate == TOO_FEW:
        return
    works = graph(answers.seats, union(answers.worked))
    yield from _densities(answers)
    yield from _steps(answers)
    yield from _agreement(answers)
    yield from _knowledge(answers, ticks, list(leaders), frozenset(persons))
    yield from _whole(answers, works)
    yield from _groups(works, members)
    yield from _dependence(answers, works, [seat for seat in leaders if seat in answers.place])
    if gate == ALL:
        yield from _shape(works)


def _densities(answers: Answers) -> Iterator[Figure]:
    """Available case: what was said, over the answers there are; with the bounds if all unknown were no, or yes."""
    n = len(answers.seats)
    cells = n * (n - 1)
    for key, said in (("density_knows", answers.known), ("density_works", answers.worked)):
        told = said != UNKNOWN
        np.fill_diagonal(told, False)
        yes, answered = int(((said == 1) & told).sum()), int(told.sum())
        if not answered:
            yield Figure(key, n=0, of=cells, why=NO_PAIRS)
            continue
        bounds = (yes / cells, (yes + cells - answered) / cells) if answered < cells else (None, None)
        yield Figure(key, yes / answered, answered, cells, low=bounds[0], high=bounds[1])


def _steps(answers: Answers) -> Iterator[Figure]:
    found = ladder(answers.rungs)
    for rung in (KNOWS, WORKS):
        yield figure(f"ladder_{rung}", found.share(rung), found.answered, found.pairs, NO_PAIRS)
    yield figure("step_2", found.step(WORKS), found.at_least[KNOWS], found.at_least[KNOWS], NO_TIES)
    yield Figure("one_sided", found.one, found.pairs, found.pairs)


def _agreement(answers: Answers) -> Iterator[Figure]:
    said = answers.worked
    told = (said != UNKNOWN) & (said != UNKNOWN).T
    np.fill_diagonal(told, False)
    pairs = int(np.triu(told, 1).sum())
    both = int(np.triu(mutual(said) & told, 1).sum())
    apart = int(np.triu(told & (said != said.T), 1).sum())
    yield figure("reciprocity", 2 * both / (2 * both + apart) if both or apart else None, both + apart, pairs)
    if 0 < apart < FEW:
        yield Figure("contradictions", None, pairs, pairs, word="under_five")
    else:
        yield figure("contradictions", apart if pairs else None, pairs, pairs, NO_PAIRS)


def known_pairs(answers: Answers, ticks: Iterable[Pair]) -> set[Pair]:
    """Pairs that both know what the other does and whom to call: K >= 2 on both sides, or both have ticked it."""
    both = np.triu((answers.knows >= 2) & (answers.knows >= 2).T, 1)
    seats = answers.seats
    found = {(min(seats[i], seats[j]), max(seats[i], seats[j])) for i, j in zip(*np.nonzero(both), strict=True)}
    return found | {(min(pair), max(pair)) for pair in ticks if pair[0] in answers.place and pair[1] in answers.place}


def _knowledge(
    answers: Answers, ticks: Iterable[Pair], leaders: list[int], persons: Collection[int]
) -> Iterator[Figure]:
    """MK and RWL, over organisations; over all where nobody is one."""
    seats = [seat for seat in answers.seats if seat not in persons] or list(answers.seats)
    known, n = known_pairs(answers, ticks), len(seats)
    pairs = n * (n - 1) // 2
    yield figure("mk", mutual_knowledge(seats, known), pairs, pairs, NO_PAIRS)
    present = [seat for seat in leaders if seat in seats]
    others = n - len(present)
    if not present:
        yield Figure("rwl", n=pairs, of=pairs, why=LEADER)
    else:
        pairs = others * (others - 1) // 2
        yield figure("rwl", reach_without_leader(seats, known, present), pairs, pairs, NO_PAIRS)


def _whole(answers: Answers, works: Graph) -> Iterator[Figure]:
    n, pairs = works.n, works.n * (works.n - 1) // 2
    alone = measures.degree(works) == 0
    told = answers.answered
    sizes = measures.component_sizes(works)
    yield figure("largest", sizes[0] / n if works.m else None, n, n)
    yield figure("alone", int((alone & told).sum()) if n else None, int(told.sum()), n, NOBODY)
    yield figure("unknown", int((alone & ~told).sum()) if n else None, int((~told).sum()), n, NOBODY)
    found = measures.distances(works)
    reached = int(found["reachable_pairs_sym"] or 0) // 2
    yield figure("reached", found["reachable_share_sym"], pairs, pairs, NO_PAIRS)
    yield figure("mean_distance", found["apl_reachable_sym"], reached, pairs)
    yield figure("efficiency", found["global_efficiency_sym"], pairs, pairs, NO_PAIRS)
    yield figure("transitivity", measures.transitivity(works), n, n)
    yield figure("cut_members", len(measures.articulation(works)) if works.m else None, n, n)


def _groups(works: Graph, members: Sequence[Member]) -> Iterator[Figure]:
    for key, values in (("sector", [m.sector for m in members]), ("region", [m.region for m in members])):
        found = measures.external_internal(works, values)
        ties = int(found["internal_sym"]) + int(found["external_sym"])  # type: ignore[call-overload]
        several = len({value for value in values if value}) > 1
        why = NO_TIES if several else "one_group"
        yield figure(f"ei_{key}", found["EI_sym"] if several else None, ties, works.m, why)  # type: ignore[arg-type]
        yield figure(f"ei_{key}_by_size", found["EI_expected_by_size"] if several else None, ties, works.m, why)  # type: ignore[arg-type]


def _dependence(answers: Answers, works: Graph, leaders: list[int]) -> Iterator[Figure]:
    """Dependence on the leader's seats, on confirmed ties and (``_any``) on those that at least one side names."""
    keys = ("tie_share", "largest_before", "largest_after", "pairs_cut", "pairs_lengthened", "only_leader", "loss")
    confirmed = graph(answers.seats, mutual(answers.worked))
    for ending, g in (("", confirmed), ("_any", works)):
        if not leaders or g.n - len(leaders) < 2:
            yield from (Figure(key + ending, why=LEADER if not leaders else SMALL) for key in keys)
            continue
        found = measures.dependence(g, *(str(seat) for seat in leaders))
        others, pairs = found.others, found.others * (found.others - 1) // 2
        yield figure("tie_share" + ending, found.tie_share, g.m, g.m)
        yield Figure("largest_before" + ending, found.largest_before / others, others, others)
        yield Figure("largest_after" + ending, found.largest_after / others, others, others)
        yield Figure("pairs_cut" + ending, found.pairs_cut, pairs, pairs)
        yield Figure("pairs_lengthened" + ending, found.pairs_lengthened, pairs, pairs)
        yield Figure("only_leader" + ending, len(found.only), others, others)
        yield figure("loss" + ending, found.efficiency_loss, pairs, pairs)


def _shape(works: Graph) -> Iterator[Figure]:
    """The weaver's phase with the figures that decide it; never good or bad."""
    found = measures.phase(works)
    if works.n < 8:
        yield Figure("phase", n=works.n, of=works.n, why=SMALL)
        return
    yield Figure("phase", n=works.n, of=works.n, word=found.name or "no_clear_shape")
    numbers = {
        "phase_largest": found.largest,
        "phase_mean_degree": found.mean_degree,
        "phase_centralization": found.centralization,
        "phase_hub_share": found.hub_share,
        "phase_without_top": found.without_top,
        "phase_without_tops": found.without_tops,
        "phase_core_fit": found.rho,
        "phase_core_density": found.core_density,
        "phase_core_share": found.core_share,
        "phase_margin": found.margin,
    }
    for key, value in numbers.items():
        yield figure(key, value, works.n, works.n)


@dataclass(frozen=True, eq=False)
class Earlier:
    """What is known of the wave before: its seats on the map and their rungs of knowing and working (0-2)."""

    number: int
    seats: tuple[int, ...]
    rungs: Table


def changes(earlier: Earlier | None, answers: Answers) -> Iterator[Figure]:
    """Gained, lost and kept since the wave before, on the pairs that both sides answered about in both."""
    keys = [f"change_{word}_{what}" for word in ("knows", "works") for what in ("gained", "lost", "kept")]
    if earlier is None:
        yield from (Figure(key, why="first") for key in (*keys, "joined", "left"))
        return
    now = (answers.seats, np.minimum(answers.rungs, WORKS).astype(np.int8))
    for word, rung in (("knows", KNOWS), ("works", WORKS)):
        found = change((earlier.seats, earlier.rungs), now, rung)
        n = len(set(earlier.seats) & set(answers.seats))
        for what in ("gained", "lost", "kept"):
            value = getattr(found, what) if found.pairs else None
            yield figure(f"change_{word}_{what}", value, found.pairs, n * (n - 1) // 2, "no_common_pairs")
        if rung == WORKS:
            yield Figure("joined", found.joined, len(answers.seats), len(answers.seats))
            yield Figure("left", found.left, len(earlier.seats), len(earlier.seats))
