"""The public site as a Django app, so that its templates are found."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    """Welcome, policy, evidence, contact."""

    name = "wellkept.web.site"
    label = "site"
