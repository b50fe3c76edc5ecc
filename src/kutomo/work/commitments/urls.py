from django.urls import path

from .views import cards, rule_sets

app_name = "commitments"
urlpatterns = [
    path("n/<slug:network>/rules/", rule_sets.rules, name="rules"),
    path("n/<slug:network>/rules/deck/", rule_sets.deck, name="deck"),
    path("n/<slug:network>/rules/deck/add/", rule_sets.add_card, name="add_card"),
    path("n/<slug:network>/rules/deck/<str:card>/choose/", rule_sets.choose, name="choose"),
    path("n/<slug:network>/rules/deck/<str:card>/unchoose/", rule_sets.unchoose, name="unchoose"),
    path("n/<slug:network>/rules/begin/", rule_sets.begin, name="begin"),
    path("n/<slug:network>/rules/write/", rule_sets.compose, name="compose"),
    path("n/<slug:network>/rules/propose/", rule_sets.propose, name="propose"),
    path("n/<slug:network>/rules/rework/", rule_sets.rework, name="rework"),
    path("n/<slug:network>/rules/settle/", rule_sets.settle, name="settle"),
    path("n/<slug:network>/rules/drop/", rule_sets.drop, name="drop"),
    path("n/<slug:network>/rules/history/", rule_sets.versions, name="versions"),
    path("n/<slug:network>/rules/compare/<int:before>/<int:after>/", rule_sets.compare, name="compare"),
    path("n/<slug:network>/rules/print/", rule_sets.paper, name="paper"),
    path("n/<slug:network>/rules/accept-for/", rule_sets.accept_for, name="accept_for"),
    path("n/<slug:network>/rules/<int:number>/", rule_sets.version, name="version"),
    path("n/<slug:network>/rules/<int:number>/accept/", rule_sets.accept, name="accept"),
    path("n/<slug:network>/rules/<int:number>/check/", rule_sets.check_acceptance, name="check_acceptance"),
    path("n/<slug:network>/cards/", cards.cards, name="cards"),
    path("n/<slug:network>/cards/mine/", cards.mine, name="mine"),
    path("n/<slug:network>/cards/for-somebody/", cards.write_for, name="write_for"),
    path("n/<slug:network>/cards/open/", cards.unlock, name="unlock"),
    path("n/<slug:network>/cards/met/", cards.met, name="met"),
    path("n/<slug:network>/cards/<int:pk>/", cards.card, name="card"),
    path("n/<slug:network>/cards/<int:pk>/confirm/", cards.confirm, name="confirm"),
    path("n/<slug:network>/cards/<int:pk>/decline/", cards.decline, name="decline"),
    path("n/<slug:network>/cards/<int:pk>/pause/", cards.pause, name="pause"),
    path("n/<slug:network>/cards/<int:pk>/resume/", cards.resume, name="resume"),
    path("n/<slug:network>/cards/<int:pk>/renew/", cards.renew, name="renew"),
    path("n/<slug:network>/cards/<int:pk>/end/", cards.end, name="end"),
    path("n/<slug:network>/cards/<int:pk>/check/", cards.check_card, name="check_card"),
    path("n/<slug:network>/cards/<int:pk>/by-mail/<str:token>/", cards.confirm_by_mail, name="confirm_by_mail"),
]
