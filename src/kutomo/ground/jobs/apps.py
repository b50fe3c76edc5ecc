from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "kutomo.ground.jobs"
    label = "jobs"
