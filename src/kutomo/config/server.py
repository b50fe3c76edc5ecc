"""What a web process loads: the application, and in a small installation the worker beside it."""

import gc
import os

from django.urls import get_resolver

from .supervisor import die_with_parent
from .wsgi import application

__all__ = ["application"]

die_with_parent()
_ = get_resolver().url_patterns  # every room is loaded now: a broken one stops the start, not somebody's page

# What has been loaded stays for good: the collector need not walk it again, and what a page makes it looks at later.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)

if os.environ.get("KUTOMO_WORKER_INSIDE") == "1":
    from kutomo.ground.jobs import worker

    worker.start()
