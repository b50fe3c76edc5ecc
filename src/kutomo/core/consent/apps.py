from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "kutomo.core.consent"
    label = "consent"
