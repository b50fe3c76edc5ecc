"""``python -m bench [NAME ...] [--quick] [--json FILE]``: measures and says what is promised and what came out.

Names: live, slow, spread, following, idle, postgres, kill, pages, weights, survey, map, graph, report, matching,
search, weekly, memory, lighthouse, fresh. Without a name: all. ``lighthouse:members`` is one page of it. Each takes
two minutes at most, but fresh and search (three), graph and kill (five), survey, weekly and lighthouse (ten each).
Exit status 1 when a promise is not kept. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from . import fresh, kill, lighthouse, live, map, matching, pages, search, survey, weekly

Found = dict[str, Any]
Check = tuple[str, bool]
PHONE = ("code", "join", "answer")


def _all_in(found: Found) -> Check:
    return (
        f"{found['acknowledged']} of {found['sent']} acknowledged, {found['stored']} stored",
        found["acknowledged"] == found["sent"] == found["stored"],
    )


def _at_once(found: Found) -> list[Check]:
    return [_all_in(found), (f"p95 {found['p95_ms']} ms (at most 1000)", found["p95_ms"] <= 1000)]


def _spread(found: Found) -> list[Check]:
    return [_all_in(found), (f"p95 {found['p95_ms']} ms (at most 60)", found["p95_ms"] <= 60)]


def _following(found: Found) -> list[Check]:
    return [(f"last phone {found['last_ms']} ms after the host's press (at most 2500)", found["last_ms"] <= 2500)]


def _postgres(found: Found) -> list[Check]:
    return [_all_in(found), (f"p99 {found['p99_ms']} ms (under 2000)", found["p99_ms"] < 2000)]


def _idle(found: Found) -> list[Check]:
    share = found["share_of_a_core"]
    return [(f"{found['cpu_ms_each']} ms CPU a question, {share} of a core", share <= 0.25)]


def _killed(found: Found) -> list[Check]:
    told = f"{found['kills']} kills, {found['acknowledged']} acknowledged, {found['lost']} lost, {found['twice']} twice"
    return [(told, not found["lost"] and not found["twice"] and found["acknowledged"] > 0)]


def _pages(found: Found) -> list[Check]:
    checks = []
    for kind, row in found.items():
        told = f"{kind}: {row['ours_ms']} ms CPU, {row['ratio']} times the control (at most 3.5)"
        checks.append((told, row["ratio"] <= 3.5))
        checks.append((f"{kind}: {row['queries']} queries (at most 12)", row["queries"] <= 12))
    return checks


def _weights(found: Found) -> list[Check]:
    checks = []
    for name, row in found.items():
        most = 25 if name in PHONE else 60
        told = f"{name}: {row['cold_kib']} KiB cold in {row['requests']} requests, {row['warm_kib']} KiB again"
        fine = row["cold_kib"] <= most and row["warm_kib"] <= 15 and row["requests"] <= 8
        fine = fine and (row["script_kib"] <= 20 or name not in PHONE)
        checks.append((f"{told}, script {row['script_kib']} KiB (at most {most})", fine))
    return checks


def _survey(found: Found) -> list[Check]:
    checks = []
    for name in ("empty", "full", "tap"):
        row = found[name]
        checks.append((f"{name}: {row['ms']} ms, {row['cpu_ms']} ms CPU (under 100)", row["ms"] < 100))
    checks.append((f"200 partners: {max(found['line_kib'])} KiB over the line (under 60)", max(found["line_kib"]) < 60))
    for name, row in found["wave"].items():
        told = f"40 partners, {name}: {row['seconds']} s, {row['machine_s']} s of it the machine's, {row['taps']} taps"
        checks.append((f"{told} (under 300)", row["seconds"] < 300))
    return checks


def _search(found: Found) -> list[Check]:
    told = f"{found['things']} things filed in {found['filed_s']} s: a question {found['median_ms']} ms"
    cloth = found["fabric"]
    return [
        (f"{told}, {found['median_cpu_ms']} ms CPU, at worst {found['worst_ms']} (under 50)", found["median_ms"] < 50),
        (f"fabric: {cloth['ms']} ms CPU, {cloth['kib']} KiB (under 50 and 80)", cloth["ms"] < 50 and cloth["kib"] < 80),
    ]


def _matching(found: Found) -> list[Check]:
    told = f"1,000 needs and 5,000 offers: {found['seconds']} s CPU (under 2), {found['pairs']} pairs shown by merit"
    return [(told, found["seconds"] < 2)]


def _weekly(found: Found) -> list[Check]:
    told = f"{found['people']} people, one worker killed: {found['arrived']} arrived, {found['twice']} twice"
    pace = f"{found['a_second']} a second (at least 50), {found['cpu_ms_each']} ms CPU each"
    known = sum(found["states"].get(state, 0) for state in ("sent", "unsure")) == found["people"]
    return [(f"{told}, {found['states']}", known and not found["twice"]), (pace, found["a_second"] >= 50)]


def _alone(module: str) -> Found:
    """A measure that needs a process of its own (threads of numpy, highest memory): its table, and if it is kept."""
    done = subprocess.run([sys.executable, "-m", module], capture_output=True, text=True)
    return {"table": done.stdout.splitlines() or done.stderr.splitlines()[-1:], "kept": done.returncode == 0}


def _table(found: Found) -> list[Check]:
    return [("\n         ".join(line for line in found["table"] if line), found["kept"])]


def _memory(found: Found) -> list[Check]:
    return [(f"{name}: {size} MiB", True) for name, size in found.items()] + [
        (f"one web process and a worker: {found['1 web + worker']} MiB (at most 150)", found["1 web + worker"] <= 150)
    ]


def _lighthouse(found: Found) -> list[Check]:
    checks = []
    for name, row in found.items():
        told = " ".join(str(row[mark]) for mark in lighthouse.MARKS)
        if row["cost"]:
            told += f" (lowered by {', '.join(row['cost'])})"
        checks.append((f"{name}: {told}", all(row[mark] == 100 for mark in lighthouse.MARKS)))
    return checks


def _fresh(found: Found) -> list[Check]:
    checks = []
    for name, row in found.items():
        told = f"{name}: {row['seconds']} s to the first page (at most 60), {row['mib']} MiB installed (at most 150)"
        checks.append((told, row["seconds"] <= 60 and row["mib"] <= 150))
    return checks


def _map(found: Found) -> list[Check]:
    checks = []
    for size, row in found.items():
        told = f"{size} members, {row['ties']} ties: first drawn after {row['first_ms']} ms, again {row['again_ms']} ms"
        checks.append((f"{told} (at most 1500 for 1000)", row["first_ms"] <= 1500 or size != "1000"))
        told = f"{size} members: a frame in {row['frame_ms']} ms, 95 % in {row['p95_frame_ms']} ms"
        checks.append((f"{told}, whole at rest in {row['rest_ms']} ms (frame under 50)", row["frame_ms"] < 50))
    return checks


def _on_postgres(phones: int) -> Found:
    """1,000 phones, four web processes, a PostgreSQL server of the benchmark's own with durability on."""
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tools"))
    import psycopg

    import postgres  # type: ignore[import-not-found]

    with postgres.running() as address:
        time.sleep(2)  # the port is open a little before the server answers
        with psycopg.connect(address, autocommit=True) as line:
            for setting in ("fsync", "synchronous_commit", "full_page_writes"):
                line.execute(f"ALTER SYSTEM SET {setting} = on")
            line.execute("SELECT pg_reload_conf()")
        return live.answering(phones, database=address, processes=4)


def plan(quick: bool) -> dict[str, tuple[str, Callable[[], Found], Callable[[Found], list[Check]]]]:
    """What is measured: name -> (what it says, how, and what is promised)."""
    kills, many = (5, 200) if quick else (50, 1000)
    return {
        "live": ("200 phones answer in one instant, one process, SQLite", lambda: live.answering(200), _at_once),
        "slow": ("the same with 5 ms added to each fdatasync", lambda: live.answering(200, slow_disk=True), _at_once),
        "spread": ("200 answers spread over 10 s", lambda: live.answering(200, spread=10), _spread),
        "following": ("a step reaches all of 200 phones", lambda: live.following(200), _following),
        "idle": ("200 phones that only ask for news", lambda: live.idle(200), _idle),
        "postgres": (f"{many} phones, PostgreSQL, four processes", lambda: _on_postgres(many), _postgres),
        "kill": (f"kill -9 {kills} times while phones answer", lambda: kill.run(kills), _killed),
        "pages": ("CPU and queries of a page", pages.cost, _pages),
        "weights": ("bytes of a page in Chromium", pages.weights, _weights),
        "map": ("the network map in Chromium without a graphics card", map.run, _map),
        "survey": (
            "the relationship survey: 200 partners, and 40 with think time" + (" by arithmetic" if quick else ""),
            lambda: survey.page() | {"wave": survey.wave(real=not quick)},
            _survey,
        ),
        "graph": ("analysis by size, and against networkx on the same graph", lambda: _alone("bench.graph"), _table),
        "report": ("the report of a survey wave", lambda: _alone("bench.report"), _table),
        "matching": ("needs and offers that fit", matching.run, _matching),
        "search": (
            f"search in {'10,000' if quick else '100,000'} things, fabric of 200 organisations",
            lambda: search.run(quick=quick),
            _search,
        ),
        "weekly": (
            f"weekly letters of {'1,000' if quick else '10,000'} people",
            lambda: weekly.run(quick=quick),
            _weekly,
        ),
        "memory": ("memory of a whole installation (PSS)", pages.memory, _memory),
        "lighthouse": ("Lighthouse: performance, accessibility, best practices, SEO", lighthouse.marks, _lighthouse),
        "fresh": ("a fresh clone to the served demo, with one command", fresh.measure, _fresh),
    }


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--quick", action="store_true", help="fewer kills and phones")
    parser.add_argument("--json", type=Path, help="write everything that was measured there")
    given = parser.parse_args()
    measures = plan(given.quick)
    for name in given.names:
        if name.startswith("lighthouse:"):
            page = name.partition(":")[2]
            measures[name] = (f"Lighthouse: {page}", lambda page=page: lighthouse.marks(page), _lighthouse)  # type: ignore[misc]
    if unknown := set(given.names) - set(measures):
        parser.error(f"no such measure: {', '.join(sorted(unknown))}")
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    print(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {machine}, load {os.getloadavg()[0]:.1f}", flush=True)
    record: dict[str, Any] = {"machine": machine, "at": datetime.now(UTC).isoformat()}
    missed = 0
    for name in given.names or measures:
        title, measure, judge = measures[name]
        began = time.perf_counter()
        try:
            found = measure()
        except (lighthouse.Missing, fresh.Missing) as why:
            missed += 1
            print(f"\n{name}: {title}\n  NOT MEASURED: {why}", flush=True)
            continue
        record[name] = found | {"seconds": round(time.perf_counter() - began), "load": os.getloadavg()[0]}
        print(f"\n{name}: {title} ({record[name]['seconds']} s, load {record[name]['load']:.1f})")
        for told, kept in judge(found):
            missed += not kept
            print(f"  {'ok    ' if kept else 'MISSED'} {told}", flush=True)
    if given.json:
        given.json.write_text(json.dumps(record, indent=2) + "\n")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
