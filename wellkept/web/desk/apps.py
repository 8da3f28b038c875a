"""The desk as a Django app, for its templates."""

from django.apps import AppConfig


class Desk(AppConfig):
    """Customer service."""

    name = "wellkept.web.desk"
