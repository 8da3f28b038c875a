"""A command that works inside the house: it becomes one role of one operator before anything is read."""

import os


def become(*, operator: str, role: str) -> None:
    """Make this process that role of that operator and start Django: once, before any other import of ours."""
    os.environ.update(WELLKEPT_OPERATOR=operator, WELLKEPT_ROLE=role, DJANGO_SETTINGS_MODULE="wellkept.config.settings")
    import django

    django.setup()
