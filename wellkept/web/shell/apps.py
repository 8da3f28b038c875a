"""The shell as a Django app, so that its templates and static files are found."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """Layout, components, error pages."""

    name = "wellkept.web.shell"
    label = "shell"
