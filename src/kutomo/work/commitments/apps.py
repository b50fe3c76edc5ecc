from django.apps import AppConfig


class CommitmentsConfig(AppConfig):
    name = "kutomo.work.commitments"
    label = "commitments"
