"""Addresses of this door."""

from django.urls import path

from wellkept.web.agent import home

urlpatterns = [path("", home.home, name="agent")]
