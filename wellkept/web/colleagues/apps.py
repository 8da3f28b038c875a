"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Colleagues(AppConfig):
    """Who of one organisation may come in."""

    name = "wellkept.web.colleagues"
