from django.urls import path

from . import views

app_name = "notices"
urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/not-now/", views.not_now, name="not_now"),
    path("inbox/never/", views.never, name="never"),
    path("inbox/bring-back/", views.bring_back, name="bring_back"),
]
