from django.urls import path

from .views import answering, writing

app_name = "introductions"
IN = "n/<slug:network>/introductions/"
urlpatterns = [
    path(IN, writing.introductions, name="introductions"),
    path(f"{IN}write/<int:a>/<int:b>/", writing.write, name="write"),
    path(f"{IN}lay-aside/<int:a>/<int:b>/", writing.lay_aside, name="lay_aside"),
    path(f"{IN}laid-aside/", writing.laid_aside, name="laid_aside"),
    path(f"{IN}laid-aside/<int:pk>/back/", writing.bring_back, name="bring_back"),
    path(f"{IN}wish/", writing.wish, name="wish"),
    path(f"{IN}<int:pk>/", writing.introduction, name="introduction"),
    path(f"{IN}<int:pk>/send/", writing.send, name="send"),
    path(f"{IN}<int:pk>/take-back/", writing.take_back, name="take_back"),
    path(f"{IN}<int:pk>/drop/", writing.drop, name="drop"),
    path(f"{IN}<int:pk>/wish-back/", writing.take_wish_back, name="take_wish_back"),
    path(f"{IN}<int:pk>/reply/", answering.reply, name="reply"),
    path(f"{IN}<int:pk>/tell/", answering.tell, name="tell"),
    path("introduction/<str:token>/", answering.answer, name="answer"),
]
