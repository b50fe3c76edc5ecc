"""The control: what a page of the same kind costs at least. One file of Django without any product in it.

Full middleware, a session and a person, templates, translation; the same number of rows as ours.
``python -m bench.control`` builds the data, then granian serves ``bench.control:application``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.conf import settings

FOLDER = Path(os.environ.get("CONTROL_DATA", "."))
PAGE = """{% load i18n %}<!doctype html><html lang="fi"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body><header><nav>{% for word in nav %}<a href="/{{ word }}/">{{ word }}</a>{% endfor %}</nav>{{ request.user.username }}</header>
<main>{% block content %}{% endblock %}</main></body></html>"""
TEMPLATES = {
    "page.html": PAGE,
    "list.html": """{% extends "page.html" %}{% load i18n %}{% block title %}{% translate "Threads" %}{% endblock %}{% block content %}
<h1>{% translate "Threads" %}</h1><ul>{% for row in rows %}<li><a href="/thread/{{ row.pk }}/">{{ row.title }}</a> <b>{{ row.author.name }}</b>
<time>{{ row.at|date:"c" }}</time> {% blocktranslate count n=row.replies %}{{ n }} reply{% plural %}{{ n }} replies{% endblocktranslate %}</li>{% endfor %}</ul>{% endblock %}""",
    "thread.html": """{% extends "page.html" %}{% load i18n %}{% block title %}{{ thread.title }}{% endblock %}{% block content %}
<h1>{{ thread.title }}</h1>{% for row in rows %}<article><b>{{ row.author.name }}</b> <time>{{ row.at|date:"c" }}</time>{{ row.body|linebreaks }}</article>{% endfor %}
<form method="post">{% csrf_token %}<textarea name="body"></textarea><button>{% translate "Send" %}</button></form>{% endblock %}""",
    "members.html": """{% extends "page.html" %}{% load i18n %}{% block title %}{% translate "Members" %}{% endblock %}{% block content %}
<h1>{% translate "Members" %}</h1><ul>{% for row in rows %}<li><a href="/member/{{ row.pk }}/">{{ row.name }}</a> {{ row.email }} <p>{{ row.about|truncatewords:12 }}</p></li>{% endfor %}</ul>{% endblock %}""",
}
settings.configure(
    DEBUG=False,
    SECRET_KEY="only-a-control",
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[f"django.contrib.{app}" for app in ("contenttypes", "auth", "sessions", "messages")],
    MIDDLEWARE=[
        "django.middleware.security.SecurityMiddleware",
        "django.middleware.gzip.GZipMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.locale.LocaleMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "django.middleware.clickjacking.XFrameOptionsMiddleware",
    ],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "control.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
            },
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [
                    ("django.template.loaders.cached.Loader", [("django.template.loaders.locmem.Loader", TEMPLATES)])
                ],
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                ],
            },
        }
    ],
)
django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402

NAV = ["today", "threads", "meetings", "members", "founding", "help", "results", "settings"]


class Member(models.Model):
    name = models.CharField(max_length=80)
    email = models.EmailField()
    about = models.TextField()

    class Meta:
        app_label = "control"


class Thread(models.Model):
    author = models.ForeignKey(Member, models.CASCADE)
    title = models.CharField(max_length=200)
    body = models.TextField()
    at = models.DateTimeField(db_index=True)
    replies = models.IntegerField(default=9)

    class Meta:
        app_label = "control"


class Post(models.Model):
    thread = models.ForeignKey(Thread, models.CASCADE)
    author = models.ForeignKey(Member, models.CASCADE)
    body = models.TextField()
    at = models.DateTimeField()

    class Meta:
        app_label = "control"


def threads(request):  # type: ignore[no-untyped-def]
    rows = Thread.objects.select_related("author").order_by("-at", "-pk")[:20]
    return render(request, "list.html", {"rows": rows, "nav": NAV})


def thread(request, pk):  # type: ignore[no-untyped-def]
    found = Thread.objects.select_related("author").get(pk=pk)
    rows = Post.objects.filter(thread=found).select_related("author").order_by("pk")[:10]
    return render(request, "thread.html", {"thread": found, "rows": rows, "nav": NAV})


def members(request):  # type: ignore[no-untyped-def]
    return render(request, "members.html", {"rows": Member.objects.order_by("name")[:50], "nav": NAV})


urlpatterns = [path("threads/", threads), path("thread/<int:pk>/", thread), path("members/", members)]
application = get_wsgi_application()


def build() -> str:
    """Fifty members, 25 threads, ten posts; returns the key of a signed-in session."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        for model in (Member, Thread, Post):
            editor.create_model(model)
    words = " ".join(["Kysymme, kuka puuttuu, ja kutsumme hänet seuraavalla kerralla mukaan."] * 6)
    people = [
        Member.objects.create(name=f"Jäsen {n:02}", email=f"jasen{n}@example.org", about=words) for n in range(50)
    ]
    now = timezone.now()
    rows = [Thread.objects.create(author=people[n], title=f"Keskustelu {n:02}", body=words, at=now) for n in range(25)]
    for n in range(10):
        Post.objects.create(thread=rows[0], author=people[n], body=words, at=now)
    user = User.objects.create_user("marjut")
    store = SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.create()
    return store.session_key


if __name__ == "__main__":
    sys.stdout.write(build())
