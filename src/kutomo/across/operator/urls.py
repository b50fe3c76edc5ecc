from django.urls import path

from . import views

app_name = "operator"
urlpatterns = [
    path("operator/", views.operator, name="operator"),
    path("operator/jobs/", views.jobs, name="jobs"),
    path("operator/jobs/<uuid:pk>/again/", views.job_again, name="job_again"),
    path("operator/jobs/<uuid:pk>/drop/", views.job_drop, name="job_drop"),
    path("operator/schedule/", views.schedule, name="schedule"),
    path("operator/letters/", views.letters, name="letters"),
    path("operator/letters/<int:pk>/", views.letter, name="letter"),
    path("operator/letters/<int:pk>/html/", views.letter_html, name="letter_html"),
    path("operator/letters/<int:pk>/again/", views.letter_again, name="letter_again"),
    path("operator/letters/<int:pk>/drop/", views.letter_drop, name="letter_drop"),
    path("operator/mail/", views.mail_check, name="mail_check"),
    path("health/", views.health, name="health"),
    path("ready/", views.ready, name="ready"),
]
