"""Addresses of the member's door. They hold ids alone."""

from django.urls import path

from wellkept.web.member import booklets, care, claim, claims, coverage, home, news, openings, privacy, requests, sessions, totals

urlpatterns = [
    path("", home.home, name="member"),
    path("coverage/", coverage.coverage, name="member-coverage"),
    path("totals/", totals.totals, name="member-totals"),
    path("claims/", claims.claims, name="member-claims"),
    path("claims/<uuid:number>/", claim.claim, name="member-claim"),
    path("care/", care.care, name="member-care"),
    path("documents/", booklets.listed, name="member-documents"),
    path("documents/<uuid:number>/", booklets.one, name="member-document"),
    path("news/", news.listed, name="member-news"),
    path("news/how/", news.how, name="member-news-how"),
    path("privacy/", privacy.privacy, name="member-privacy"),
    path("privacy/openings/", openings.openings, name="member-openings"),
    path("privacy/openings/<uuid:number>/", openings.occasion, name="member-occasion"),
    path("privacy/receipts/<int:number>/", openings.receipt, name="member-receipt"),
    path("privacy/receipts/<int:number>/wrong/", requests.wrong, name="member-wrong"),
    path("privacy/requests/", requests.listed, name="member-requests"),
    path("privacy/requests/ask/", requests.ask, name="member-ask"),
    path("privacy/requests/<uuid:number>/", requests.one, name="member-request"),
    path("privacy/sessions/", sessions.sessions, name="member-sessions"),
    path("privacy/sessions/<uuid:number>/end/", sessions.end, name="member-end-session"),
]
