"""Addresses of this door."""

from django.urls import path

from wellkept.web.provider import home

urlpatterns = [path("", home.home, name="provider")]
