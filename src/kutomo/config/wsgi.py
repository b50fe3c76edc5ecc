"""What the web server runs."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kutomo.config.settings")

_django = get_wsgi_application()

from .front import front  # noqa: E402  (needs Django to be set up)

application = front(_django)
