from django.apps import AppConfig


class TalkConfig(AppConfig):
    name = "kutomo.core.talk"
    label = "talk"
