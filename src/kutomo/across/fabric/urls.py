from django.urls import path

from . import views

app_name = "fabric"
urlpatterns = [
    path("n/<slug:network>/fabric/", views.fabric, name="fabric"),
    path("n/<slug:network>/fabric/picture.<str:ending>", views.picture, name="picture"),
    path("n/<slug:network>/fabric/<str:name>/", views.week, name="week"),
]
