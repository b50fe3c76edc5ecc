#!/usr/bin/env python3
"""Makes .venv with everything in it, on a machine that has Python 3.11 and pip and nothing else.

    python3 tools/setup.py [--dev] [--postgres]

Standard library only. It works where pip refuses system-wide installs (PEP 668) and where python3-venv is
missing, as root or not: uv is put into .tools, and uv makes the environment from the locked, hashed list.
Where uv cannot be had, venv or virtualenv and pip do the same, only slower. Run again, it does what is left.
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / ".kutomo-setup"
UV_VERSION = "0.13.9"
OLDEST, NEWEST = (3, 11), (3, 14)
UV_PIN = ROOT / "tools" / "uv.lock.txt"


def stop(sentence: str) -> None:
    sys.exit(f"\nSetup stopped: {sentence}")


def say(words: str) -> None:
    print(words, flush=True)


def run(command: list, env: dict[str, str], quiet: bool = False) -> bool:
    """True when the command succeeds. Its words are shown unless ``quiet``."""
    try:
        return subprocess.run(command, env=env, cwd=ROOT, capture_output=quiet).returncode == 0
    except OSError as error:
        if not quiet:
            say(f"{command[0]}: {error.strerror}")
        return False


def version_of(python: str) -> tuple[int, ...] | None:
    ask = "import sys; print(*sys.version_info[:3])"
    try:
        out = subprocess.run([python, "-c", ask], capture_output=True, text=True, timeout=30)
        return tuple(int(part) for part in out.stdout.split()) if out.returncode == 0 else None
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return None


def find_python() -> str:
    """The Python that runs this, if it is new enough and no inmate of .venv; else one from PATH."""
    own = getattr(sys, "_base_executable", None) or sys.executable
    names = [own, *(f"python3.{minor}" for minor in range(OLDEST[1], NEWEST[1] + 1)), "python3"]
    for name in names:
        path = shutil.which(name)
        if path is None or Path(path).parent == VENV / "bin":
            continue
        version = version_of(path)
        if version and OLDEST <= version[:2] <= NEWEST:
            return path
    stop(
        f"Python {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]} is needed, and none was found. "
        "On Debian 12: apt-get install python3 python3-pip"
    )
    raise AssertionError


def environment(python: str) -> dict[str, str]:
    """What uv and pip must know: this Python and no other, and the package index that pip is set to."""
    env = {name: value for name, value in os.environ.items() if name not in ("VIRTUAL_ENV", "PYTHONPATH")}
    env |= {
        "UV_PYTHON": python,
        "UV_PYTHON_DOWNLOADS": "never",
        "UV_PROJECT_ENVIRONMENT": str(VENV),
        "UV_NO_PROGRESS": "1",
        "UV_SYSTEM_CERTS": "1",  # a company's own authority is known to the system, not to uv
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_REQUIRE_VIRTUALENV": "0",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_USER": "0",
    }
    if index := configured("index-url", python, env):
        env.setdefault("UV_DEFAULT_INDEX", index)
    if certificates := configured("cert", python, env):
        env.setdefault("SSL_CERT_FILE", certificates)
    home = Path(env.get("UV_CACHE_DIR") or env.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    while not home.exists():
        home = home.parent
    if not os.access(home, os.W_OK):
        env["UV_CACHE_DIR"] = str(TOOLS / "cache")
        env["PIP_NO_CACHE_DIR"] = "1"
    if home.stat().st_dev != ROOT.stat().st_dev:
        env.setdefault("UV_LINK_MODE", "copy")
    return env


def configured(option: str, python: str, env: dict[str, str]) -> str:
    """pip's setting from its variable or files; empty if there is none."""
    if value := env.get("PIP_" + option.upper().replace("-", "_")):
        return value
    for name in (f"global.{option}", f"install.{option}"):
        out = subprocess.run([python, "-m", "pip", "config", "get", name], env=env, capture_output=True, text=True)
        if out.returncode == 0 and out.stdout.strip():
            return out.stdout.strip()
    return ""


def find_uv(python: str, env: dict[str, str]) -> Path | None:
    """The pinned uv, fetched once into .tools; None where it cannot be had."""
    place = TOOLS / f"uv-{UV_VERSION}"
    uv = place / "bin" / "uv"
    if not uv.exists():
        part = TOOLS / f"uv-{UV_VERSION}.part"
        shutil.rmtree(part, ignore_errors=True)
        command = [python, "-m", "pip", "install", "-q", "--no-user", "--target", str(part)]
        if not run([*command, "--require-hashes", "--only-binary", ":all:", "-r", str(UV_PIN)], env):
            return None
        shutil.rmtree(place, ignore_errors=True)
        part.rename(place)
    return uv if run([uv, "--version"], env, quiet=True) else None


def fingerprint(python: str, groups: list[str]) -> str:
    """Changes when the environment must be made anew or added to."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "pyproject.toml", "requirements.lock", "tools/setup.py"):
        digest.update((ROOT / name).read_bytes())
    digest.update(repr((version_of(python), str(ROOT))).encode())
    return digest.hexdigest() + " " + " ".join(sorted(groups))


def is_ready(python: str, groups: list[str]) -> bool:
    """Was this very list installed here before, by this Python, and does it still start?"""
    if not STAMP.exists() or not (VENV / "bin" / "kutomo").exists():
        return False
    made = STAMP.read_text().split()
    wanted = fingerprint(python, groups).split()
    if made[:1] != wanted[:1] or not set(wanted[1:]) <= set(made[1:]):
        return False
    return run([PYTHON, "-c", "import django, kutomo"], dict(os.environ), quiet=True)


def by_uv(uv: Path, python: str, env: dict[str, str], groups: list[str]) -> bool:
    """The environment by uv: from uv.lock, or from a mirror by the same hashes if the lock's own registry
    cannot be reached or another index is set."""
    if VENV.exists() and not (PYTHON.exists() and run([PYTHON, "-c", "pass"], env, quiet=True)):
        shutil.rmtree(VENV)
    if "UV_DEFAULT_INDEX" not in env:
        wanted = [word for group in groups for word in ("--group", group)]
        if run([uv, "sync", "-q", "--frozen", "--inexact", "--python", python, *wanted], env):
            return True
        say("Trying again without the lock's own addresses ...")
    if not PYTHON.exists() and not run([uv, "venv", "-q", "--no-project", "--python", python, str(VENV)], env):
        return False
    install = [uv, "pip", "install", "-q", "--python", str(PYTHON)]
    lists = [word for path in requirement_lists(groups) for word in ("-r", str(path))]
    return run([*install, "--require-hashes", *lists], env) and run([*install, "--no-deps", "-e", "."], env)


def by_pip(python: str, env: dict[str, str], groups: list[str]) -> bool:
    """The slow road: venv or virtualenv, then pip, from the same hashed list."""
    if not run([PYTHON, "-m", "pip", "--version"], env, quiet=True):
        shutil.rmtree(VENV, ignore_errors=True)
        if not run([python, "-m", "venv", str(VENV)], env, quiet=True):
            shutil.rmtree(VENV, ignore_errors=True)
            place = TOOLS / "virtualenv"
            fetch = [python, "-m", "pip", "install", "-q", "--no-user", "--upgrade", "--target", str(place)]
            if not run([*fetch, "virtualenv"], env):
                return False
            if not run([python, "-m", "virtualenv", "-q", str(VENV)], env | {"PYTHONPATH": str(place)}):
                return False
    install = [str(PYTHON), "-m", "pip", "install", "-q"]
    lists = [word for path in requirement_lists(groups) for word in ("-r", str(path))]
    return run([*install, "--require-hashes", *lists], env) and run([*install, "--no-deps", "-e", "."], env)


def requirement_lists(groups: list[str]) -> list[Path]:
    return [ROOT / "requirements.lock", *(ROOT / f"requirements-{group}.lock" for group in groups)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Make .venv.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--postgres", action="store_true", help="also a PostgreSQL server for the tests")
    given = parser.parse_args()
    groups = [name for name in ("dev", "postgres") if getattr(given, name)]
    if not os.access(ROOT, os.W_OK) or (VENV.exists() and not os.access(VENV, os.W_OK)):
        stop(f"{ROOT} is not yours to write in. Take a copy of your own, or ask its owner to run `make setup`.")
    TOOLS.mkdir(exist_ok=True)
    with open(TOOLS / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install(groups)


def install(groups: list[str]) -> None:
    began = time.monotonic()
    python = find_python()
    if is_ready(python, groups):
        subprocess.run([PYTHON, ROOT / "tools" / "messages.py", "compile"], check=True, stdout=subprocess.DEVNULL)
        return
    say(f"Setting up in {VENV} (Python {'.'.join(map(str, version_of(python) or ()))}) ...")
    env = environment(python)
    if not run([python, "-m", "pip", "--version"], env, quiet=True):
        stop("this Python has no pip. On Debian 12: apt-get install python3-pip")
    uv = find_uv(python, env)
    done = by_uv(uv, python, env, groups) if uv else False
    if not done:
        say("uv could not do it; taking the slower road with pip ...")
        done = by_pip(python, env, groups)
    if not done:
        stop("the packages could not be installed; the lines above say why. Check the network and try again.")
    had = set(STAMP.read_text().split()[1:]) if STAMP.exists() else set()
    STAMP.write_text(fingerprint(python, sorted(set(groups) | had)))
    subprocess.run([PYTHON, ROOT / "tools" / "messages.py", "compile"], check=True, stdout=subprocess.DEVNULL)
    size = sum(path.lstat().st_size for path in VENV.rglob("*") if path.is_file() and not path.is_symlink())
    if not groups and uv:
        shutil.rmtree(TOOLS / f"uv-{UV_VERSION}", ignore_errors=True)  # 38 MiB; tests fetch it again
    say(f"Ready in {time.monotonic() - began:.0f} s, {size / 2**20:.0f} MiB in .venv. Next: make demo")


if __name__ == "__main__":
    main()
