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
                    # Freed pages keep nothing: not an erased name, not the order in which answers came (ADR 14).
                    "PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; "
                    "PRAGMA journal_size_limit=27103364"
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


SIGN_ON = {
    "URL": "OpenID Connect: the issuer's address. A second sign-on: KUTOMO_OIDC2_URL and so on, to 9.",
    "ID": "OpenID Connect: the client's id.",
    "SECRET": "OpenID Connect: the client's secret.",
    "NAME": "OpenID Connect: the organisation's name on the button.",
    "TRUST_EMAIL": "OpenID Connect: 1 believes an address also without email_verified.",
}


def sign_ons() -> list[dict]:
    """The organisations' sign-ons (OpenID Connect): KUTOMO_OIDC_URL and its kin, further ones by number."""
    for name, about in SIGN_ON.items():
        VARIABLES[f"KUTOMO_OIDC_{name}"] = about
    found = []
    for number_ in ("", *"23456789"):
        said = {name: os.environ.get(f"KUTOMO_OIDC{number_}_{name}", "").strip() for name in SIGN_ON}
        if said["URL"]:
            trust = said["TRUST_EMAIL"].lower() in {"1", "true", "yes", "on"}
            found.append(
                {
                    "provider_id": f"oidc{number_}",
                    "name": said["NAME"] or urlsplit(said["URL"]).hostname,
                    "client_id": said["ID"],
                    "secret": said["SECRET"],
                    "settings": {"server_url": said["URL"], "trust_email": trust},
                }
            )
    return found


def origin(url: str) -> str:
    """ "https://login.example.org/tenant/v2.0" -> "https://login.example.org"."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
