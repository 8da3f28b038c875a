"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Agent(AppConfig):
    """What an agent sees of the groups appointed to it."""

    name = "wellkept.web.agent"
