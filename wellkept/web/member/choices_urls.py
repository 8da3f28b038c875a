"""Addresses beneath a member's choices. They hold ids alone."""

from django.urls import path

from wellkept.web.member import authorizing, choices, restricting

urlpatterns = [
    path("", choices.choices, name="member-choices"),
    path("authorize/", authorizing.authorize, name="member-authorize"),
    path("authorizations/<uuid:number>/", authorizing.one, name="member-authorization"),
    path("authorizations/<uuid:number>/send/", authorizing.send, name="member-send"),
    path("authorizations/<uuid:number>/end/", authorizing.end, name="member-end-authorization"),
    path("restrict/", restricting.restrict, name="member-restrict"),
    path("paid/", restricting.paid, name="member-paid"),
    path("restrictions/<uuid:number>/end/", restricting.end, name="member-end-restriction"),
]
