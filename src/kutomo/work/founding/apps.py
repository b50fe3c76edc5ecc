from django.apps import AppConfig


class FoundingConfig(AppConfig):
    name = "kutomo.work.founding"
    label = "founding"
