from django.apps import AppConfig


class IntroductionsConfig(AppConfig):
    name = "kutomo.work.introductions"
    label = "introductions"
