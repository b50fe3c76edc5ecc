"""The report of a wave: the whole analysis from raw rows to what is frozen, for 40 and 300 members.

    python -m bench.report

One thread; processor time, the median of nine runs on fresh rows; the memory is that of the process at its highest.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from kutomo.work.relations.rules.analysis import analyse
from kutomo.work.relations.tests.invented import given, invented

GOALS = {40: 0.1, 300: 0.5}
DENSITY = {40: 0.3, 300: 0.04}  # of the pairs: about a dozen partners each


def measured(n: int, runs: int = 9) -> dict[str, float]:
    """Processor seconds of one whole report, its ties and figures."""
    rows = invented(n, 1, DENSITY[n])
    pulse = [(part, item, 1 + (part * item) % 5) for part in range(1, n + 1) for item in range(1, 7)]
    wave = given(n, rows, pulse=pulse, tells_answered=True)
    times = []
    for _ in range(runs):
        begun = time.process_time()
        found = analyse(wave)
        times.append(time.process_time() - begun)
    told = found.report
    return {"cpu_s": statistics.median(times), "ties": len(told.ties), "figures": len(told.figures), "rows": len(rows)}


def main() -> int:
    """Prints the table; 1 when a goal is missed."""
    print(f"{'members':>8} {'rows':>8} {'ties':>7} {'figures':>8} {'cpu s':>8} {'goal s':>7}")
    good = True
    for n, goal in GOALS.items():
        found = measured(n)
        good &= found["cpu_s"] <= goal
        print(
            f"{n:>8} {found['rows']:>8.0f} {found['ties']:>7.0f} {found['figures']:>8.0f} "
            f"{found['cpu_s']:>8.3f} {goal:>7}"
        )
    print(f"highest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
    return 0 if good else 1


if __name__ == "__main__":
    raise SystemExit(main())
