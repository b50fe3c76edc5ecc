from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "kutomo.work.exchange"
    label = "exchange"
