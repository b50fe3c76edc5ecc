from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "kutomo.core.organisations"
    label = "organisations"
