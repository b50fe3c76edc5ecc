"""Kutomo, a weaving mill for networks of organisations."""

import sys

# Debian 12 ships SQLite 3.40, whose WAL can lose data; the wheel brings a healed one (ADR 9).
try:
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

__version__ = "0.1.0"
