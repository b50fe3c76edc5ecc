from django.apps import AppConfig


class CandidatesConfig(AppConfig):
    name = "kutomo.work.candidates"
    label = "candidates"
