"""Addresses of this door."""

from django.urls import path

from wellkept.web.partner import home

urlpatterns = [path("", home.home, name="partner")]
