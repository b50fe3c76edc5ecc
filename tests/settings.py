"""The real settings, in a place of their own and fast: what tests run on.

SQLite in a file (threads share it as in life) unless KUTOMO_DATABASE names a PostgreSQL server.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_memory = Path("/dev/shm")
_place = tempfile.mkdtemp(prefix="kutomo-test-", dir=_memory if os.access(_memory, os.W_OK) else None)
_maker = os.getpid()


def _remove() -> None:
    if os.getpid() == _maker:  # not in a child that was forked
        shutil.rmtree(_place, ignore_errors=True)


atexit.register(_remove)
for _name in [name for name in os.environ if name.startswith("KUTOMO_")]:
    if _name not in ("KUTOMO_DATABASE", "KUTOMO_CHROMIUM", "KUTOMO_STRICT"):
        del os.environ[_name]  # the developer's own installation is no part of a test
os.environ["KUTOMO_DATA"] = _place
os.environ["KUTOMO_SECRET_KEY"] = "only-for-tests-and-long-enough-to-please-the-checks-of-django"

from kutomo.config.settings import *  # noqa: E402, F403
from kutomo.config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_place) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "; PRAGMA synchronous=OFF"
else:
    DATABASES["default"]["TEST"] = {"NAME": f"test_kutomo_{_maker}"}

# Addresses of static files without a manifest, so that no test needs collectstatic.
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405

# As in an installation whose operator has named an organisation's sign-on.
INSTALLED_APPS.append("allauth.socialaccount.providers.openid_connect")
