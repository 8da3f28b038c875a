"""The member's door as a Django app, so that its templates are found."""

from django.apps import AppConfig


class MemberConfig(AppConfig):
    """Home, coverage, claims, privacy."""

    name = "wellkept.web.member"
    label = "member"
