from django.urls import path

from . import views

app_name = "promises"
urlpatterns = [
    path("n/<slug:network>/promises/", views.promises, name="promises"),
    path("n/<slug:network>/promises/new/", views.give, name="give"),
    path("n/<slug:network>/promises/<int:pk>/", views.promise, name="promise"),
    path("n/<slug:network>/promises/<int:pk>/answer/", views.answer, name="answer"),
    path("n/<slug:network>/promises/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
    path("n/<slug:network>/promises/<int:pk>/check/", views.check, name="check"),
    path("n/<slug:network>/promises/<int:pk>/by-mail/<str:token>/", views.by_mail, name="by_mail"),
]
