from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "kutomo.ground.mail"
    label = "mail"
