from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "kutomo.work.meetings"
    label = "meetings"
