from django.urls import URLPattern, path

from .views import knowledge

app_name = "relations"

IN = "n/<slug:network>/relations/"

urlpatterns: list[URLPattern] = [
    path(f"{IN}met/", knowledge.met, name="met"),
    path(f"{IN}met/tick/", knowledge.tick, name="tick"),
]
