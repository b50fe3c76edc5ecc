from django.urls import path

from .views import host, live, plan

app_name = "meetings"

_here = "n/<slug:network>/meetings/"
_one = _here + "<int:pk>/"

urlpatterns = [
    path(_here, plan.meetings, name="meetings"),
    path(_here + "new/", plan.convene, name="convene"),
    path(_one, plan.meeting, name="meeting"),
    path(_one + "change/", plan.change, name="change"),
    path(_one + "cancel/", plan.cancel, name="cancel"),
    path(_one + "agenda/", plan.agenda, name="agenda"),
    path(_one + "agenda/print/", plan.run_sheet, name="run_sheet"),
    path(_one + "agenda/<int:step>/", plan.step, name="step"),
    path(_one + "agenda/<int:step>/move/", plan.move_step, name="move_step"),
    path(_one + "agenda/<int:step>/remove/", plan.remove_step, name="remove_step"),
    path(_one + "notes/", plan.notes, name="notes"),
    path(_one + "notes/send/", plan.send_notes, name="send_notes"),
    path(_one + "voices/<slug:key>/", plan.hand_on, name="hand_on"),
    path(_one + "promises/<int:promise>/", plan.settle, name="settle"),
    path(_one + "open/", host.open, name="open"),
    path(_one + "close/", host.close, name="close"),
    path(_one + "host/", host.host, name="host"),
    path(_one + "host/part/", host.host_part, name="host_part"),
    path(_one + "screen/", host.screen, name="screen"),
    path(_one + "screen/part/", host.screen_part, name="screen_part"),
    path(_one + "go/<int:step>/", host.go, name="go"),
    path(_one + "timer/", host.timer, name="timer"),
    path(_one + "answering/<int:step>/", host.set_answering, name="set_answering"),
    path(_one + "reveal/<int:step>/", host.reveal, name="reveal"),
    path(_one + "pairs/<int:step>/", host.draw_pairs, name="draw_pairs"),
    path(_one + "paper/", host.paper, name="paper"),
    path(_one + "paper/<int:participant>/", host.paper_answers, name="paper_answers"),
    path(_one + "paper/<int:participant>/promise/", host.paper_promise, name="paper_promise"),
    path("live/", live.enter, name="enter"),
    path("live/<slug:code>/", live.phone, name="phone"),
    path("live/<slug:code>/join/", live.join, name="join"),
    path("live/<slug:code>/pulse/", live.pulse, name="pulse"),
    path("live/<slug:code>/answer/", live.answer, name="answer"),
    path("live/<slug:code>/know/", live.know, name="know"),
    path("live/<slug:code>/promise/", live.propose, name="propose"),
    path("live/<slug:code>/promise/<int:promise>/", live.settle, name="settle_live"),
    path("live/<slug:code>/leave/", live.leave, name="leave"),
]
