"""Addresses of this door."""

from django.urls import path

from wellkept.web.account import recovery

urlpatterns = [
    path("recovery/", recovery.secret, name="account-recovery"),
]
