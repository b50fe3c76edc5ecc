from django.urls import path

from . import views

app_name = "search"
urlpatterns = [
    path("search/", views.everywhere, name="everywhere"),
    path("n/<slug:network>/search/", views.within, name="within"),
]
