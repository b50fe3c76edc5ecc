from django.apps import AppConfig


class FabricConfig(AppConfig):
    name = "kutomo.across.fabric"
    label = "fabric"
