"""This door as a Django app, for its templates."""

from django.apps import AppConfig


class Employer(AppConfig):
    """What a plan sponsor may see: enrolment and totals."""

    name = "wellkept.web.employer"
