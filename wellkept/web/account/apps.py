"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Account(AppConfig):
    """One's own account, whichever audience one belongs to."""

    name = "wellkept.web.account"
