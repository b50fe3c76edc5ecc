"""What a web process loads: the application, and in a small installation the worker beside it."""

import os

from django.urls import get_resolver

from .supervisor import die_with_parent
from .wsgi import application

__all__ = ["application"]

die_with_parent()
_ = get_resolver().url_patterns  # every room is loaded now: a broken one stops the start, not somebody's page

if os.environ.get("KUTOMO_WORKER_INSIDE") == "1":
    from kutomo.ground.jobs import worker

    worker.start()
