"""The shells, the choice of page or part, the theme, and the pages of errors."""

import re
from itertools import pairwise

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.template import TemplateDoesNotExist
from django.templatetags.static import static
from django.test import Client, RequestFactory
from django.utils import translation
from django_htmx.middleware import HtmxDetails

from kutomo.ground.ui import page, views
from kutomo.ground.ui.gallery import Sample, context as shown_in_gallery


def ask(path: str = "/gallery/", **headers: str):
    request = RequestFactory().get(path, headers=headers)
    request.user, request.resolver_match, request._messages = AnonymousUser(), None, []
    request.htmx = HtmxDetails(request)
    return request


def test_a_plain_request_gets_the_whole_page():
    response = page(ask(), "ui/gallery.html", shown_in_gallery(ask()), status=200)
    assert response.status_code == 200
    assert "<!doctype html>" in response.content.decode()
    assert {"HX-Request", "HX-Target"} <= set(response["Vary"].split(", "))


def test_htmx_gets_the_part_named_like_its_target():
    request = ask(HX_Request="true", HX_Target="notice")
    response = page(request, "ui/refusal.html", {"words": "Ei nyt.", "kind": "rule"})
    assert "<html" not in response.content.decode()
    assert "Ei nyt." in response.content.decode()


def test_htmx_gets_the_part_that_the_view_names():
    request = ask(HX_Request="true", HX_Target="something-12")
    response = page(request, "ui/refusal.html", {"words": "Ei nyt.", "kind": "rule"}, part="notice")
    assert "<html" not in response.content.decode()


def test_without_such_a_part_the_whole_page_replaces_the_body():
    request = ask(HX_Request="true", HX_Target="nothing")
    response = page(request, "ui/refusal.html", {"words": "Ei nyt.", "kind": "rule"})
    assert response["HX-Retarget"] == "body"
    assert "<html" in response.content.decode()


@pytest.mark.parametrize("header", ["HX_Boosted", "HX_History_Restore_Request"])
def test_boosted_and_restored_pages_are_whole(header: str):
    request = ask(HX_Request="true", HX_Target="notice", **{header: "true"})
    assert "<html" in page(request, "ui/refusal.html", {"words": "Ei.", "kind": "rule"}).content.decode()


def test_a_failed_form_is_answered_422():
    response = page(ask(), "ui/plain.html", {"form": Sample({})})
    assert response.status_code == 422
    assert page(ask(), "ui/plain.html", {"form": Sample()}).status_code == 200


def test_a_missing_page_is_a_bug():
    with pytest.raises(TemplateDoesNotExist):
        page(ask(), "ui/none.html")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_gallery_is_open_to_all_and_in_order(client: Client, language: str):
    client.cookies["language"] = language
    response = client.get("/gallery/")
    text = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}"' in text
    assert text.count("<h1") == 1
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert re.search(r'<body[^>]*>\s*<a class="skip" href="#content">', text)
    for landmark in ("<header", "<main", "<footer", "<nav"):
        assert landmark in text
    ids = re.findall(r'\sid="([^"]*)"', text)
    assert sorted(name for name in set(ids) if ids.count(name) > 1) == []


@pytest.mark.django_db
@pytest.mark.parametrize("shell", ["focus", "stage"])
def test_the_other_frames_have_one_task_and_no_rooms(client: Client, shell: str):
    text = client.get(f"/gallery/?shell={shell}").content.decode()
    assert text.count("<h1") == 1
    assert 'class="rooms"' not in text
    assert 'class="bottom-bar"' not in text
    assert text.index('class="skip"') < text.index("<main")


@pytest.mark.django_db
def test_example_data_is_labelled_near_the_top_and_in_the_footer(client: Client):
    text = client.get("/gallery/").content.decode()
    label = translation.gettext("Example data: the organisations and people are invented.")
    assert label in text.split("<h1")[0]
    assert label in text.split("<footer")[1]


@pytest.mark.django_db
@pytest.mark.parametrize("theme", ["dark", "light"])
def test_a_theme_is_kept_in_a_cookie_and_written_by_the_server(client: Client, theme: str):
    response = client.post("/theme/", {"theme": theme, "next": "/gallery/"})
    assert (response.status_code, response["Location"]) == (302, "/gallery/")
    assert f'data-theme="{theme}"' in client.get("/gallery/").content.decode().split("<head>")[0]


@pytest.mark.django_db
def test_a_theme_can_be_left_to_the_device_again(client: Client):
    client.post("/theme/", {"theme": "dark"})
    client.post("/theme/", {"theme": "", "next": "/gallery/"})
    assert "data-theme" not in client.get("/gallery/").content.decode().split("<head>")[0]


@pytest.mark.django_db
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"])
def test_choosing_a_theme_never_leads_elsewhere(client: Client, elsewhere: str):
    assert client.post("/theme/", {"theme": "dark", "next": elsewhere})["Location"] == "/"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("view", "exception", "status"),
    [
        (views.bad_request, SuspiciousOperation(), 400),
        (views.bad_request, RequestDataTooBig(), 413),
        (views.forbidden, PermissionError(), 403),
        (views.not_found, LookupError(), 404),
    ],
)
def test_errors_have_pages_with_a_way_on(view, exception: Exception, status: int, language: str):
    with translation.override(language):
        response = view(ask(Referer="http://testserver/networks/"), exception)
    text = response.content.decode()
    assert response.status_code == status
    assert f'lang="{language}"' in text
    assert text.count("<h1") == 1
    assert 'href="/networks/"' in text
    assert 'href="/"' in text


def test_the_page_of_our_own_faults_needs_no_database(django_db_blocker):
    with django_db_blocker.block():
        response = views.server_error(ask())
    assert response.status_code == 500
    assert translation.gettext("Something went wrong") in response.content.decode()


@pytest.mark.parametrize("manifest", [None, "{ this is broken"])
def test_the_page_of_our_own_faults_needs_no_list_of_static_files(settings, tmp_path, manifest: str | None):
    if manifest:
        (tmp_path / "staticfiles.json").write_text(manifest)
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    with pytest.raises(ValueError, match="anifest"):
        static("ui/kutomo.css")
    response = views.server_error(ask())
    assert response.status_code == 500
    assert translation.gettext("Something went wrong") in response.content.decode()
    assert "ui/kutomo.css" in response.content.decode()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_each_language_stands_under_its_own_name(client, language: str):
    text = client.get("/sign-in/", headers={"accept-language": language}).content.decode()
    assert re.findall(r'<button form="choices" [^>]*name="language" value="(..)" lang="(..)"[^>]*>([^<]+)<', text) == [
        ("fi", "fi", "Suomi"),
        ("sv", "sv", "Svenska"),
        ("en", "en", "English"),
    ]
