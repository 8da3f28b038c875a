"""Addresses of the desk. None holds anything about a person: a call and a claim are random numbers."""

from django.urls import path

from wellkept.web.desk import (
    alarms,
    calls,
    cases,
    claims,
    contact,
    deaths,
    find,
    home,
    publications,
    registrations,
    returned,
)

urlpatterns = [
    path("", home.home, name="desk"),
    path("find/", find.find, name="desk-find"),
    path("calls/<uuid:call>/", calls.call, name="desk-call"),
    path("calls/<uuid:call>/verified/", calls.verified, name="desk-verified"),
    path("calls/<uuid:call>/end/", calls.end, name="desk-end"),
    path("calls/<uuid:call>/number/", calls.number, name="desk-number"),
    path("calls/<uuid:call>/contact/", contact.contact, name="desk-contact"),
    path("calls/<uuid:call>/publications/", publications.leave, name="desk-publications"),
    path("calls/<uuid:call>/death/", deaths.tell, name="desk-death"),
    path("calls/<uuid:call>/claims/<uuid:claim>/", claims.claim, name="desk-claim"),
    path("registrations/", registrations.listed, name="desk-registrations"),
    path("registrations/<uuid:registration>/", registrations.one, name="desk-registration"),
    path("registrations/<uuid:registration>/choose/", registrations.choose, name="desk-registration-choose"),
    path("registrations/<uuid:registration>/refuse/", registrations.refuse, name="desk-registration-refuse"),
    path("returned/", returned.returned, name="desk-returned"),
    path("alarms/", alarms.listed, name="desk-alarms"),
    path("alarms/<uuid:alarm>/done/", alarms.done, name="desk-alarm-done"),
    path("deaths/", deaths.listed, name="desk-deaths"),
    path("deaths/<uuid:number>/", deaths.one, name="desk-deaths-one"),
    path("deaths/<uuid:number>/decline/", deaths.decline, name="desk-deaths-decline"),
    path("cases/", cases.listed, name="desk-cases"),
    path("cases/<uuid:case>/", cases.one, name="desk-case"),
    path("cases/<uuid:case>/take/", cases.take, name="desk-case-take"),
    path("cases/<uuid:case>/give-back/", cases.give_back, name="desk-case-give-back"),
    path("cases/<uuid:case>/papers/<uuid:paper>/", cases.paper, name="desk-case-paper"),
]
