from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kutomo.core.people"
    label = "people"
