"""Addresses of the desk. None holds anything about a person: a call and a claim are random numbers."""

from django.urls import path

from wellkept.web.desk import calls, claims, find, home

urlpatterns = [
    path("", home.home, name="desk"),
    path("find/", find.find, name="desk-find"),
    path("calls/<uuid:call>/", calls.call, name="desk-call"),
    path("calls/<uuid:call>/verified/", calls.verified, name="desk-verified"),
    path("calls/<uuid:call>/end/", calls.end, name="desk-end"),
    path("calls/<uuid:call>/claims/<uuid:claim>/", claims.claim, name="desk-claim"),
]
