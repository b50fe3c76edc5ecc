from django.apps import AppConfig


class NetmapConfig(AppConfig):
    name = "kutomo.work.netmap"
    label = "netmap"
