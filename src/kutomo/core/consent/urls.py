from django.urls import path

from . import views

app_name = "consent"
urlpatterns = [
    path("n/<slug:network>/consent/", views.rounds, name="rounds"),
    path("n/<slug:network>/consent/<int:pk>/", views.round, name="round"),
    path("n/<slug:network>/consent/<int:pk>/stance/", views.stance, name="stance"),
    path("n/<slug:network>/consent/<int:pk>/more-time/", views.prolong, name="prolong"),
    path("n/<slug:network>/consent/<int:pk>/on-behalf/", views.on_behalf, name="on_behalf"),
    path("n/<slug:network>/consent/<int:pk>/by-mail/<str:token>/", views.by_mail, name="by_mail"),
    path("n/<slug:network>/consent/<int:pk>/<int:voice>/withdraw/", views.withdraw, name="withdraw"),
    path("n/<slug:network>/consent/<int:pk>/<int:voice>/resolve/", views.resolve, name="resolve"),
    path("n/<slug:network>/consent/<int:pk>/<int:voice>/check/", views.check, name="check"),
]
