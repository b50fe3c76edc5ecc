from django.apps import AppConfig


class ResultsConfig(AppConfig):
    name = "kutomo.work.results"
    label = "results"
