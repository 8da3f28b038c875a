"""Addresses of the desk. None holds anything about a person: a call and a claim are random numbers."""

from django.urls import path

from wellkept.web.desk import calls, cases, claims, contact, find, home

urlpatterns = [
    path("", home.home, name="desk"),
    path("find/", find.find, name="desk-find"),
    path("calls/<uuid:call>/", calls.call, name="desk-call"),
    path("calls/<uuid:call>/verified/", calls.verified, name="desk-verified"),
    path("calls/<uuid:call>/end/", calls.end, name="desk-end"),
    path("calls/<uuid:call>/contact/", contact.contact, name="desk-contact"),
    path("calls/<uuid:call>/claims/<uuid:claim>/", claims.claim, name="desk-claim"),
    path("cases/", cases.listed, name="desk-cases"),
    path("cases/<uuid:case>/", cases.one, name="desk-case"),
    path("cases/<uuid:case>/take/", cases.take, name="desk-case-take"),
    path("cases/<uuid:case>/give-back/", cases.give_back, name="desk-case-give-back"),
    path("cases/<uuid:case>/papers/<uuid:paper>/", cases.paper, name="desk-case-paper"),
]
