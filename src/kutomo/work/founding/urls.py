from django.urls import path

from .views import answering, canvas, proposal, table

app_name = "founding"

IN = "n/<slug:network>/founding/"

urlpatterns = [
    path(IN, canvas.canvas, name="canvas"),
    path(f"{IN}version/<int:number>/", canvas.version, name="version"),
    path(f"{IN}compare/", canvas.compare, name="compare"),
    path(f"{IN}begin/", canvas.begin, name="begin"),
    path(f"{IN}renew/", canvas.renew, name="renew"),
    path(f"{IN}challenge/", canvas.challenge, name="challenge"),
    path(f"{IN}draft/<int:question>/", canvas.draft, name="draft"),
    path(f"{IN}sparring/", canvas.sparring, name="sparring"),
    path(f"{IN}open/", canvas.open, name="open"),
    path(f"{IN}deadline/", canvas.deadline, name="deadline"),
    path(f"{IN}half-time/", canvas.half_time, name="half_time"),
    path(f"{IN}close/", canvas.close, name="close"),
    path(f"{IN}reveal/<int:question>/", canvas.reveal, name="reveal"),
    path(f"{IN}answer/<int:question>/", answering.answer, name="answer"),
    path(f"{IN}answer/<int:question>/pass/", answering.pass_question, name="pass_question"),
    path(f"{IN}answered/", answering.answered, name="answered"),
    path(f"{IN}mine/", answering.mine, name="mine"),
    path(f"{IN}sign/", answering.sign, name="sign"),
    path(f"{IN}cards/", answering.cards, name="cards"),
    path(f"{IN}paper/", answering.paper, name="paper"),
    path(f"{IN}table/<int:question>/", table.table, name="table"),
    path(f"{IN}table/<int:question>/move/<str:answer>/", table.move, name="move"),
    path(f"{IN}table/<int:question>/gather/", table.gather, name="gather"),
    path(f"{IN}table/<int:question>/theme/<int:cluster>/", table.name_theme, name="name_theme"),
    path(f"{IN}table/<int:question>/theme/<int:cluster>/in-draft/", table.mark_in_draft, name="mark_in_draft"),
    path(f"{IN}table/<int:question>/note/", table.note, name="note"),
    path(f"{IN}proposal/<int:question>/", proposal.proposal, name="proposal"),
    path(f"{IN}sentence/<int:pk>/", proposal.sentence, name="sentence"),
    path(f"{IN}sentence/<int:pk>/drop/", proposal.drop_sentence, name="drop_sentence"),
    path(f"{IN}wording/<int:pk>/choose/", proposal.choose_wording, name="choose_wording"),
    path(f"{IN}propose/", proposal.propose, name="propose"),
    path(f"{IN}rework/", proposal.rework, name="rework"),
    path(f"{IN}agree/", proposal.agree, name="agree"),
    path("answer/<str:token>/", answering.start_by_link, name="start_by_link"),
    path("answer/<str:token>/done/", answering.answered_by_link, name="answered_by_link"),
    path("answer/<str:token>/<int:question>/", answering.answer_by_link, name="answer_by_link"),
    path("answer/<str:token>/<int:question>/pass/", answering.pass_question_by_link, name="pass_question_by_link"),
]
