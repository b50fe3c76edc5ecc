from django.apps import AppConfig


class RelationsConfig(AppConfig):
    name = "kutomo.work.relations"
    label = "relations"
