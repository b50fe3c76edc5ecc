from django.urls import path

from . import views

app_name = "talk"
urlpatterns = [
    path("n/<slug:network>/talk/", views.threads, name="threads"),
    path("n/<slug:network>/talk/new/", views.start, name="start"),
    path("n/<slug:network>/talk/<int:pk>/", views.thread, name="thread"),
    path("n/<slug:network>/talk/post/<int:pk>/edit/", views.edit, name="edit"),
    path("n/<slug:network>/talk/post/<int:pk>/remove/", views.remove, name="remove"),
]
