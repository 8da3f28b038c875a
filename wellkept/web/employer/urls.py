"""Addresses of this door."""

from django.urls import path

from wellkept.web.employer import home

urlpatterns = [path("", home.home, name="employer")]
