from django.urls import URLPattern, path

from .views import answering, knowledge, report, waves

app_name = "relations"

IN = "n/<slug:network>/relations/"

urlpatterns: list[URLPattern] = [
    path(IN, waves.waves, name="waves"),
    path(f"{IN}plan/", waves.plan, name="plan"),
    path(f"{IN}answer/", waves.answer, name="answer"),
    path(f"{IN}on-the-map/", waves.map_wish, name="map_wish"),
    path(f"{IN}<int:number>/", waves.wave, name="wave"),
    path(f"{IN}<int:number>/change/", waves.change, name="change"),
    path(f"{IN}<int:number>/drop/", waves.drop, name="drop"),
    path(f"{IN}<int:number>/open/", waves.open, name="open"),
    path(f"{IN}<int:number>/close/", waves.close, name="close"),
    path(f"{IN}<int:number>/own/", waves.own, name="own"),
    path(f"{IN}<int:number>/withdraw/", waves.withdraw, name="withdraw"),
    path(f"{IN}<int:number>/paper-form/", waves.paper_form, name="paper_form"),
    path(f"{IN}<int:number>/paper/", waves.paper, name="paper"),
    path(f"{IN}<int:number>/report/", report.report, name="report"),
    path(f"{IN}<int:number>/report/<str:name>", report.report_file, name="report_file"),
    path(f"{IN}met/", knowledge.met, name="met"),
    path(f"{IN}met/tick/", knowledge.tick, name="tick"),
    path("survey/<str:token>/", answering.survey, name="survey"),
    path("survey/<str:token>/own/", answering.own_by_link, name="own_by_link"),
    path("survey/<str:token>/<slug:code>/", answering.screen, name="screen"),
    path("survey/<str:token>/<slug:code>/keep/", answering.keep, name="keep"),
]
