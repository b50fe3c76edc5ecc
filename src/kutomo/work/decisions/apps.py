from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "kutomo.work.decisions"
    label = "decisions"
