"""Addresses of this door."""

from django.urls import path

from wellkept.web.account import reaching, recovery

urlpatterns = [
    path("reach/", reaching.reach, name="account-reach"),
    path("recovery/", recovery.secret, name="account-recovery"),
]
