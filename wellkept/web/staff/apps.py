"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Staff(AppConfig):
    """Who works here, decided by two."""

    name = "wellkept.web.staff"
