from django.urls import path

from .views import board, listing, task

app_name = "exchange"

_here = "n/<slug:network>/help/"
_one = _here + "<int:pk>/"
_task = _here + "tasks/<int:pk>/"

urlpatterns = [
    path(_here, board.board, name="board"),
    path(_here + "mine/", board.mine, name="mine"),
    path(_here + "figures/", board.figures, name="figures"),
    path(_here + "all/<slug:side>/", board.listings, name="listings"),
    path(_here + "new/<slug:side>/", listing.post, name="post"),
    path(_one, listing.listing, name="listing"),
    path(_one + "change/", listing.change, name="change"),
    path(_one + "move/", listing.move, name="move"),
    path(_one + "off/", listing.moderate, name="moderate"),
    path(_one + "answer/", listing.propose, name="propose"),
    path(_one + "say/", listing.say, name="say"),
    path(_task, task.task, name="task"),
    path(_task + "step/", task.step, name="step"),
    path(_task + "feedback/", task.feedback, name="feedback"),
    path("operator/areas/", board.areas, name="areas"),
    path("operator/areas/<slug:code>/", board.area, name="area"),
]
