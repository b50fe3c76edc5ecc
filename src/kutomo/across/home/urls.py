from django.urls import path

from . import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("about/<slug:name>/", views.about, name="about"),
    path("networks/", views.my_networks, name="my_networks"),
    path("n/<slug:network>/", views.network, name="network"),
    path("n/<slug:network>/log/", views.log, name="log"),
    path("n/<slug:network>/who-may/", views.who_may, name="who_may"),
]
