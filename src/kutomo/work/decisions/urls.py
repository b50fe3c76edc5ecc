from django.urls import path

from .views import asking, decision, outcome, proposals

app_name = "decisions"

_here = "n/<slug:network>/decisions/"
_one = _here + "<int:pk>/"

urlpatterns = [
    path(_here, proposals.decisions, name="decisions"),
    path(_here + "new/", proposals.methods, name="methods"),
    path(_here + "new/<slug:method>/", proposals.propose, name="propose"),
    path(_one, decision.decision, name="decision"),
    path(_one + "change/", proposals.change, name="change"),
    path(_one + "drop/", proposals.drop, name="drop"),
    path(_one + "interest/", proposals.declare, name="declare"),
    path(_one + "deciding/", proposals.answer_deciding, name="answer_deciding"),
    path(_one + "say/", decision.say, name="say"),
    path(_one + "owner/", decision.owner, name="owner"),
    path(_one + "open/", asking.open, name="open"),
    path(_one + "close/", asking.close, name="close"),
    path(_one + "again/", asking.reopen, name="reopen"),
    path(_one + "answer/", asking.answer, name="answer"),
    path(_one + "on-behalf/", asking.on_behalf, name="on_behalf"),
    path(_one + "check/", asking.check, name="check"),
    path(_one + "by-mail/<str:token>/", asking.by_mail, name="by_mail"),
    path(_one + "outcome/", outcome.outcome, name="outcome"),
    path(_one + "publish/", outcome.publish, name="publish"),
    path(_one + "review/", outcome.review, name="review"),
    path(_one + "history/", outcome.history, name="history"),
]
