from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "kutomo.across.search"
    label = "search"
