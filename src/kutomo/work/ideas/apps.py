from django.apps import AppConfig


class IdeasConfig(AppConfig):
    name = "kutomo.work.ideas"
    label = "ideas"
