from django.urls import path

from . import views

app_name = "netmap"

IN = "n/<slug:network>/map/"
PUBLIC = "map/<str:token>/"

urlpatterns = [
    path(IN, views.map, name="map"),
    path(f"{IN}list/", views.members, name="members"),
    path(f"{IN}matrix/", views.matrix, name="matrix"),
    path(f"{IN}words/", views.text, name="text"),
    path(f"{IN}member/<int:seat>/", views.member, name="member"),
    path(f"{IN}file/<str:name>", views.file, name="file"),
    path(f"{IN}data/", views.data, name="data"),
    path(f"{IN}links/", views.links, name="links"),
    path(f"{IN}links/<int:pk>/close/", views.close_link, name="close_link"),
    path(PUBLIC, views.public_map, name="public_map"),
    path(f"{PUBLIC}list/", views.public_members, name="public_members"),
    path(f"{PUBLIC}matrix/", views.public_matrix, name="public_matrix"),
    path(f"{PUBLIC}words/", views.public_text, name="public_text"),
    path(f"{PUBLIC}member/<int:seat>/", views.public_member, name="public_member"),
    path(f"{PUBLIC}file/<str:name>", views.public_file, name="public_file"),
    path(f"{PUBLIC}data/", views.public_data, name="public_data"),
]
