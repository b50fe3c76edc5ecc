from django.urls import URLPattern

app_name = "relations"

IN = "n/<slug:network>/relations/"

urlpatterns: list[URLPattern] = []
