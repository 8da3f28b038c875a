"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Provider(AppConfig):
    """What a provider's office sees of the patients it treats."""

    name = "wellkept.web.provider"
