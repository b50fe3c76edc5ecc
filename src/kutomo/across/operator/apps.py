from django.apps import AppConfig


class OperatorConfig(AppConfig):
    name = "kutomo.across.operator"
    label = "operator"
