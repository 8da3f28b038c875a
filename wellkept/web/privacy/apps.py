"""The privacy officer's door as a Django app, for its templates."""

from django.apps import AppConfig


class Privacy(AppConfig):
    """The privacy officer's work."""

    name = "wellkept.web.privacy"
