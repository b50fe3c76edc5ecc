"""What the gallery shows: an invented network's frame, a form in two states, lists for the parts that need them."""

from types import SimpleNamespace as Thing
from typing import Any

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.translation import get_language

from .forms import Choices, CodeField, DayInput, ManyChoices, MomentInput, Segmented, Tiles
from .theme import THEMES, chosen

YARNS = ("sini", "kuusi", "matara", "terva")
TONES = ("sini", "kuusi", "sauramo", "matara", "danger", "ink")
NAMES = ("Muistipolku ry", "Kotiapu Pihlaja", "Kaislarannan seurakunta", "Saarikon kyläyhdistys", "Lyhty ry")


class Sample(forms.Form):
    """One field of every kind. The words are examples and stay in Finnish."""

    name = forms.CharField(label="Verkoston nimi", help_text="Nimi näkyy julkisella sivulla.")
    email = forms.EmailField(label="Sähköposti", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    words = forms.CharField(
        label="Mitä varten olemme olemassa?",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text="Yksi ajatus kerrallaan. Keskeneräinenkin kelpaa.",
    )
    day = forms.DateField(label="Päivä", widget=DayInput, required=False)
    moment = forms.DateTimeField(label="Päivä ja kellonaika", widget=MomentInput, required=False)
    place = forms.ChoiceField(label="Kunta", choices=[("", "Valitse"), ("1", "Kaislaranta"), ("2", "Rantamaa")])
    how = forms.ChoiceField(
        label="Miten osallistut?",
        choices=[("here", "Paikan päällä"), ("far", "Etänä")],
        widget=Choices(hints={"far": "Saat linkin edellisenä päivänä."}),
    )
    what = forms.MultipleChoiceField(
        label="Mitä voit tuoda?",
        choices=[("time", "Aikaa"), ("room", "Tilan"), ("car", "Auton")],
        widget=ManyChoices,
        required=False,
    )
    fits = forms.ChoiceField(
        label="Kuinka hyvin tämä sopii?", choices=[(n, n) for n in range(1, 6)], widget=Tiles, required=False
    )
    comes = forms.ChoiceField(
        label="Tuletko?", choices=[("y", "Kyllä"), ("m", "Ehkä"), ("n", "En")], widget=Segmented, required=False
    )
    code = CodeField(label="Koodi", help_text="Koodi on voimassa 10 minuuttia. Voit liittää sen suoraan.")
    shown = forms.BooleanField(label="Näytä nimeni vastauksessa", required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    """``?theme=`` and ``?yarn=`` choose the look; everything else is always there."""
    theme = request.GET.get("theme", chosen(request))
    yarn = request.GET.get("yarn", YARNS[0])
    failed = Sample(
        {"name": "", "email": "ilona.kurkela@kirjasto", "how": "", "place": "1", "code": "418 20"}, auto_id="failed_%s"
    )
    return {
        "nav": _frame(request, theme if theme in THEMES else "", yarn if yarn in YARNS else YARNS[0]),
        "user": Thing(name="Aino Lehtovaara", initials="AL"),
        "form": Sample(
            initial={"name": "Kaislarannan luontoverkosto", "how": "here", "comes": "m"}, auto_id="sample_%s"
        ),
        "failed": failed,
        "yarns": YARNS,
        "tones": TONES,
        "surfaces": ("ground", "surface", "sunken", "cloth", "ink", "ink-2", "sini", "sauramo", "matara", "kuusi"),
        "fields": ("field", "sun", "danger", "line-strong"),
        "members": list(enumerate(NAMES)),
        "orders": range(40),
        "page": Paginator(range(200), 10).page(4),
        "tabs": [Thing(label="Hakemisto", url="#", is_current=True), Thing(label="Verkostokartta", url="#2")],
        "steps": [
            Thing(label="Sähköposti", state="done"),
            Thing(label="Koodi", state="current"),
            Thing(label="Omat tiedot", state=""),
        ],
        "rungs": [
            Thing(value=0, label="Emme tunne vielä", hint="Nimi voi olla tuttu, työ ei.", checked=False),
            Thing(value=1, label="Tiedän, mitä he tekevät", hint="Osaisin kertoa sen toiselle.", checked=True),
            Thing(value=2, label="Tunnen ihmisen", hint="Tiedän, kenelle soitan.", checked=False),
            Thing(value=3, label="Teemme yhdessä", hint="Kumpikin kantaa osansa.", checked=False),
        ],
        "groups": [
            Thing(id="1", name="Rytmi ja paikat"),
            Thing(id="2", name="Vetovastuu"),
            Thing(id="", name="Irralliset"),
        ],
        "loose": [
            Thing(id="11", text="Kuusi viikkoa on hyvä väli, kunhan heinäkuu on vapaa."),
            Thing(id="12", text="Vetäjäpari jaksaa paremmin kuin yksi ihminen."),
        ],
    }


def _frame(request: HttpRequest, theme: str, yarn: str) -> Thing:
    labels = ("Tänään", "Keskustelut", "Tapaamiset", "Jäsenet", "Perusta")
    icons = ("house", "messages-square", "calendar-days", "users", "book-open")
    rooms = [
        Thing(label=label, url=f"#{icon}", icon=icon, is_current=label == "Perusta")
        for label, icon in zip(labels, icons, strict=True)
    ]
    return Thing(
        network=Thing(
            name="Kaislarannan kohtaamisverkosto", slug="", yarn=yarn, is_example=True, note="16 jäsentä", url="#"
        ),
        signed_in=True,
        rooms=rooms,
        bar=rooms[:4],
        more=rooms[4:],
        theme=theme,
        language=get_language(),
        languages=list(settings.LANGUAGES),
        demo=False,
    )
