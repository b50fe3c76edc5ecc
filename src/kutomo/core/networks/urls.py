from django.urls import path

from . import views

app_name = "networks"
urlpatterns = [
    path("networks/new/", views.start, name="start"),
    path("n/<slug:network>/members/", views.members, name="members"),
    path("n/<slug:network>/members/<int:pk>/", views.seat, name="seat"),
    path("n/<slug:network>/members/<int:pk>/contact/", views.contact, name="contact"),
    path("n/<slug:network>/members/<int:pk>/leave/", views.leave, name="leave"),
    path("n/<slug:network>/members/<int:pk>/sitting/<int:sitting>/mandate/", views.mandate, name="mandate"),
    path("n/<slug:network>/members/<int:pk>/sitting/<int:sitting>/stand-up/", views.stand_up, name="stand_up"),
    path("n/<slug:network>/roles/", views.roles, name="roles"),
    path("n/<slug:network>/roles/offer/", views.offer_role, name="offer_role"),
    path("n/<slug:network>/roles/<int:pk>/answer/", views.answer_offer, name="answer_offer"),
    path("n/<slug:network>/roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("n/<slug:network>/settings/", views.change, name="change"),
]
