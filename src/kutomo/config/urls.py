"""All addresses: every room brings its own."""

from importlib.util import find_spec

from django.urls import include, path

ROOMS = [
    "across.fabric",
    "across.home",
    "across.notices",
    "across.operator",
    "across.search",
    "core.people",
    "core.letters",
    "core.organisations",
    "core.networks",
    "core.talk",
    "core.consent",
    "core.promises",
    "work.candidates",
    "work.profiles",
    "work.founding",
    "work.commitments",
    "work.relations",
    "work.netmap",
    "work.introductions",
    "work.decisions",
    "work.exchange",
    "work.ideas",
    "work.results",
    "work.meetings",
    "ground.ui",
]

urlpatterns = [path("", include(f"kutomo.{room}.urls")) for room in ROOMS if find_spec(f"kutomo.{room}.urls")]

handler400 = "kutomo.ground.ui.views.bad_request"
handler403 = "kutomo.ground.ui.views.forbidden"
handler404 = "kutomo.ground.ui.views.not_found"
handler500 = "kutomo.ground.ui.views.server_error"
