from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ThingsConfig(AppConfig):
    name = "kutomo.core.things"
    label = "things"

    def ready(self) -> None:
        autodiscover_modules("things")
