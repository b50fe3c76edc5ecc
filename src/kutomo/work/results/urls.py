from django.urls import path

from . import views

app_name = "results"

_here = "n/<slug:network>/goals/"
_one = _here + "<int:pk>/"

urlpatterns = [
    path(_here, views.goals, name="goals"),
    path(_here + "past/", views.archive, name="archive"),
    path(_here + "new/", views.write, name="write"),
    path(_one, views.goal, name="goal"),
    path(_one + "raise/", views.raise_goal, name="raise_goal"),
    path(_one + "own/", views.own, name="own"),
    path(_one + "partner/", views.partner, name="partner"),
    path(_one + "evidence/", views.evidence, name="evidence"),
    path(_one + "evidence/<int:number>/", views.confirm, name="confirm"),
    path(_one + "halfway/", views.halfway, name="halfway"),
    path(_one + "ask/", views.ask, name="ask"),
    path(_one + "choose/", views.choose, name="choose"),
    path(_one + "drop/", views.drop, name="drop"),
    path(_one + "say/", views.say, name="say"),
]
