from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "kutomo.core.letters"
    label = "letters"
