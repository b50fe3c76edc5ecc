from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "kutomo.core.networks"
    label = "networks"
