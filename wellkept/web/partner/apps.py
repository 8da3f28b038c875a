"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Partner(AppConfig):
    """What a business partner may receive, under which agreement."""

    name = "wellkept.web.partner"
