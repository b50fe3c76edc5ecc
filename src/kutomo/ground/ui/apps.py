from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "kutomo.ground.ui"
    label = "ui"
