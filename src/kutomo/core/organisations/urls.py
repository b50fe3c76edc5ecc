from django.urls import path

from . import views

app_name = "organisations"
urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.add, name="add"),
    path("organisations/<int:pk>/", views.organisation, name="organisation"),
    path("organisations/<int:pk>/change/", views.change, name="change"),
    path("organisations/<int:pk>/contacts/new/", views.add_contact, name="add_contact"),
    path("organisations/<int:pk>/contacts/<int:point>/remove/", views.remove_contact, name="remove_contact"),
]
