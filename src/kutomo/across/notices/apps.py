from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "kutomo.across.notices"
    label = "notices"
