"""Addresses anyone may ask for."""

from django.urls import path

from wellkept.web.site import (
    audiences,
    keeping,
    leaving,
    ledger,
    pages,
    policy,
    policy_data,
    standing,
    versions,
    wellknown,
)

urlpatterns = [
    path("", pages.welcome, name="welcome"),
    path("for/<slug:slug>/", audiences.audience, name="for"),
    path("how-to-register/", pages.how_to_register, name="how-to-register"),
    path("programmes/", pages.programmes, name="programmes"),
    path("policy/", policy.whole, name="policy"),
    path("policy/versions/<str:version>/", policy.version, name="version"),
    path("policy/versions/", versions.listed, name="versions"),
    path("policy/versions/<str:version>/changes/", versions.changed, name="changes"),
    path("policy/compare/", versions.compared, name="compare"),
    path("policy/compare/<str:earlier>/<str:later>/", versions.between, name="compared"),
    path("policy/<str:clause>/", policy.clause, name="clause"),
    path("policy/<str:clause>/broken/", standing.broken, name="broken"),
    path("how-we-keep-it/", standing.kept, name="kept"),
    path("how-we-keep-it/promises.json", standing.data, name="promises"),
    path("how-long-we-keep-it/", keeping.kept, name="keeping"),
    path("links/", leaving.listed, name="links"),
    path("leaving/<slug:key>/", leaving.leaving, name="leaving"),
    path("terms/", pages.terms, name="terms"),
    path("help/", pages.help_, name="help"),
    path("words/", pages.words, name="words"),
    path("contact/", pages.contact, name="contact"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path(".well-known/wellkept/policy.json", policy_data.as_json, name="policy-data"),
    path(".well-known/wellkept/ledger/<path:path>", ledger.published, name="ledger"),
    path(".well-known/security.txt", wellknown.security, name="security"),
    path(".well-known/gpc.json", wellknown.privacy_control, name="gpc"),
    path("robots.txt", wellknown.robots, name="robots"),
]
