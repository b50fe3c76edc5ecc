from django.urls import path

from . import views

app_name = "profiles"

IN = "n/<slug:network>/form/"

urlpatterns = [
    path(IN, views.profile, name="profile"),
    path(f"{IN}answer/", views.answer, name="answer"),
    path(f"{IN}own/", views.view, name="view"),
    path(f"{IN}open/", views.open, name="open"),
    path(f"{IN}close/", views.close, name="close"),
]
