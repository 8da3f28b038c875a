"""Addresses of this door. None holds anything about a person: accounts and invitations are random numbers."""

from django.urls import path

from wellkept.web.colleagues import agreements, changes, home, invite, listing, papers

urlpatterns = [
    path("", home.home, name="colleagues"),
    path("invite/", invite.invite, name="colleagues-invite"),
    path("invitations/<uuid:number>/withdraw/", changes.withdraw, name="colleagues-withdraw"),
    path("people/<uuid:number>/renew/", changes.renew, name="colleagues-renew"),
    path("people/<uuid:number>/administers/", changes.administers, name="colleagues-administers"),
    path("people/<uuid:number>/name/", changes.rename, name="colleagues-rename"),
    path("people/<uuid:number>/remove/", changes.remove, name="colleagues-remove"),
    path("agreements/", agreements.agreements, name="colleagues-agreements"),
    path("list/", listing.listing, name="colleagues-list"),
    path("papers/", papers.home, name="colleagues-papers"),
    path("papers/send/", papers.send, name="colleagues-papers-send"),
    path("papers/openings/", papers.openings, name="colleagues-papers-openings"),
    path("papers/<uuid:paper>/", papers.one, name="colleagues-paper"),
    path("papers/of/<uuid:organisation>/", papers.employer, name="colleagues-papers-of"),
    path("papers/of/<uuid:organisation>/<uuid:paper>/", papers.employers_paper, name="colleagues-paper-of"),
    path("terms/", listing.terms, name="colleagues-terms"),
]
