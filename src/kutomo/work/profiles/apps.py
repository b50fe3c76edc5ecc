from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "kutomo.work.profiles"
    label = "profiles"
