from django.apps import AppConfig


class PromisesConfig(AppConfig):
    name = "kutomo.core.promises"
    label = "promises"
