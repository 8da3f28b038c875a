"""The entrance as a Django app, for its templates."""

from django.apps import AppConfig


class Entrance(AppConfig):
    """Registration, sign-in, sign-out."""

    name = "wellkept.web.entrance"
