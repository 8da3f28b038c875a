"""Addresses of this door. None holds anything about a person: accounts and invitations are random numbers."""

from django.urls import path

from wellkept.web.colleagues import changes, home, invite, listing

urlpatterns = [
    path("", home.home, name="colleagues"),
    path("invite/", invite.invite, name="colleagues-invite"),
    path("invitations/<uuid:number>/withdraw/", changes.withdraw, name="colleagues-withdraw"),
    path("people/<uuid:number>/renew/", changes.renew, name="colleagues-renew"),
    path("people/<uuid:number>/administers/", changes.administers, name="colleagues-administers"),
    path("people/<uuid:number>/name/", changes.rename, name="colleagues-rename"),
    path("people/<uuid:number>/remove/", changes.remove, name="colleagues-remove"),
    path("list/", listing.listing, name="colleagues-list"),
    path("terms/", listing.terms, name="colleagues-terms"),
]
