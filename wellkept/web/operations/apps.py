"""The administrators' door as a Django app, for its templates."""

from django.apps import AppConfig


class Operations(AppConfig):
    """Files, jobs and the health of the installation."""

    name = "wellkept.web.operations"
