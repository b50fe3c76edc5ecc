"""What a web process loads before its first page: nothing that only some requests need."""

import os
import subprocess
import sys

LATER = ["numpy", "igraph", "openpyxl", "xlsxwriter", "odf", "fido2", "cryptography", "requests", "PIL"]
LOAD = """
import django, json, sys
django.setup()
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps([name for name in sys.argv[1:] if name in sys.modules]))
"""


def test_a_web_process_loads_what_every_page_needs(tmp_path):
    """A library on this list costs each small installation megabytes: load it in the function that uses it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("KUTOMO_")}
    environment |= {"DJANGO_SETTINGS_MODULE": "kutomo.config.settings", "KUTOMO_DATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", LOAD, *LATER], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]", f"loaded at the start: {done.stdout}"
