from django.urls import path

from . import views

app_name = "letters"
urlpatterns = [
    path("letters/", views.wishes, name="wishes"),
    path("letters/stop/<str:token>/", views.stop, name="stop"),
    path("letters/stop/<str:token>/all/", views.stop_nudges, name="stop_nudges"),
    path("letters/stop/<str:token>/back/", views.take_back, name="take_back"),
    path("letters/all/", views.previews, name="previews"),
    path("letters/all/<str:kind>/<str:language>/", views.preview, name="preview"),
    path("letters/all/<str:kind>/<str:language>/html/", views.preview_html, name="preview_html"),
]
