"""The environment, read in one place. Every variable stands in docs/reference/settings.md (tested)."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

VARIABLES: dict[str, str] = {}
PACKAGE = Path(__file__).resolve().parent.parent
ROOT = PACKAGE.parent.parent
IS_CHECKOUT = (ROOT / "pyproject.toml").exists()  # else an installed wheel


def data_folder() -> Path:
    """Where the installation keeps what it must not lose: ``var`` in a checkout, else below the work folder."""
    default = ROOT / "var" if IS_CHECKOUT else Path.cwd() / "kutomo-data"
    return Path(text("KUTOMO_DATA", str(default), about="Folder for the database and files.")).absolute()


def locale_folder() -> Path:
    """The catalogues: beside ``src`` in a checkout, inside the package in a wheel."""
    return ROOT / "locale" if IS_CHECKOUT else PACKAGE / "locale"


def text(name: str, default: str = "", *, about: str) -> str:
    """The variable's value, or ``default``; ``about`` says in one line what it is for."""
    VARIABLES[name] = about
    return os.environ.get(name, default)


def flag(name: str, default: bool = False, *, about: str) -> bool:
    """True for 1, true, yes, on (any case)."""
    return text(name, "1" if default else "", about=about).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int, *, about: str) -> int:
    """A whole number; raises ValueError with the variable's name when it is none."""
    value = text(name, str(default), about=about)
    try:
        return int(value)
    except ValueError as error:
        raise ValueError(f"{name} must be a whole number, not {value!r}") from error


def words(name: str, default: str = "", *, about: str) -> list[str]:
    """A comma-separated list without empty members."""
    return [word.strip() for word in text(name, default, about=about).split(",") if word.strip()]


def secret_key(folder: Path) -> str:
    """The installation's own secret: from the environment, else made once and kept beside the data."""
    if key := text("KUTOMO_SECRET_KEY", about="Signs sessions and links. Made by itself if unset."):
        return key
    place = folder / "secret_key"
    if not place.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with open(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(50))
        except FileExistsError:
            pass  # another process was faster; its key is the one
    return place.read_text().strip()


def database(folder: Path) -> dict:
    """Django's setting for the database: SQLite in ``folder``, or PostgreSQL by address.

    The address is ``postgresql://user:password@host:port/name``; an empty host means the local socket.
    """
    address = text("KUTOMO_DATABASE", about="postgresql://user:password@host/name. SQLite if unset.")
    if not address:
        folder.mkdir(parents=True, exist_ok=True)
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": folder / "kutomo.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
                    "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA journal_size_limit=27103364"
                ),
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": None},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": parts.port or "",
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
    }


def sign_ons() -> list[dict]:
    """OpenID Connect sign-ons: one organisation's own, or several by number.

    KUTOMO_OIDC_URL, _ID, _SECRET, _NAME; a second one as KUTOMO_OIDC2_URL and so on, to 9. The sign-on's word
    about an address is believed only when it says email_verified, or with _TRUST_EMAIL.
    """
    found = []
    for number_ in ("", *"23456789"):
        name = f"KUTOMO_OIDC{number_}"
        url = text(f"{name}_URL", about="OpenID Connect: the issuer's address.") if not number_ else os.environ.get(f"{name}_URL", "")
        if not number_:
            text(f"{name}_ID", about="OpenID Connect: the client's id.")
            text(f"{name}_SECRET", about="OpenID Connect: the client's secret.")
            text(f"{name}_NAME", about="OpenID Connect: the organisation's name on the button.")
            flag(f"{name}_TRUST_EMAIL", about="OpenID Connect: believe addresses without email_verified.")
        if url:
            found.append(
                {
                    "provider_id": f"oidc{number_}",
                    "name": os.environ.get(f"{name}_NAME") or urlsplit(url).hostname,
                    "client_id": os.environ.get(f"{name}_ID", ""),
                    "secret": os.environ.get(f"{name}_SECRET", ""),
                    "settings": {"server_url": url, "trust_email": flag(f"{name}_TRUST_EMAIL", about=VARIABLES["KUTOMO_OIDC_TRUST_EMAIL"])},
                }
            )
    return found
