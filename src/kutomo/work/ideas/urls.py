from django.urls import path

from . import views

app_name = "ideas"

_here = "n/<slug:network>/ideas/"
_one = _here + "<int:pk>/"

urlpatterns = [
    path(_here, views.ideas, name="ideas"),
    path(_here + "new/", views.plant, name="plant"),
    path(_one, views.idea, name="idea"),
    path(_one + "build/", views.build, name="build"),
    path(_one + "change/", views.change, name="change"),
    path(_one + "answer/", views.reply, name="reply"),
    path(_one + "wake/", views.wake, name="wake"),
    path(_one + "harm/", views.harm, name="harm"),
    path(_one + "harm/second/", views.judge, name="judge"),
]
