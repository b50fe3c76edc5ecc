from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "kutomo.across.home"
    label = "home"
