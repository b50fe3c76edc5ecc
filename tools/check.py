#!/usr/bin/env python3
"""Everything that can be said of the code without running the product: `make check`.

python tools/check.py [--fix]
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv" / "bin"
PYTHON = str(BIN / "python")
# They use the product: minutes of `make test`, on both databases.
CRAWLS = ("access", "attacks", "security", "at_once", "trust_stays")


def steps(fix: bool) -> list[tuple[str, list[str]]]:
    ruff = str(BIN / "ruff")
    walls = [PYTHON, "-m", "pytest", "tests/house", "-p", "no:cacheprovider"]
    return [
        ("format", [ruff, "format", "--quiet", "."] if fix else [ruff, "format", "--quiet", "--check", "."]),
        ("lint", [ruff, "check", "--quiet", *(["--fix"] if fix else []), "."]),
        ("types", [PYTHON, "-m", "mypy", "--no-error-summary", "src"]),
        ("walls", [str(BIN / "lint-imports"), "--no-logo"]),
        ("translations", [PYTHON, "tools/messages.py", "check"]),
        ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        ("reference", [PYTHON, "tools/docs.py", "--check"]),
        ("house", [*walls, *(f"--ignore=tests/house/test_{name}.py" for name in CRAWLS)]),
    ]


def main() -> int:
    env = os.environ | {"KUTOMO_DATA": str(ROOT / ".tools" / "check-data"), "PYTHONDONTWRITEBYTECODE": "1"}
    env.pop("KUTOMO_DATABASE", None)
    failed = []
    for name, command in steps("--fix" in sys.argv):
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(f"{name:14} {'ok' if done.returncode == 0 else 'FAILED':7} {time.monotonic() - began:5.1f} s", flush=True)
        if done.returncode:
            failed.append(name)
            print(done.stdout, flush=True)
    if failed:
        print(f"make check: {', '.join(failed)} failed")
        return 1
    print("make check: all is well")
    return 0


if __name__ == "__main__":
    sys.exit(main())
