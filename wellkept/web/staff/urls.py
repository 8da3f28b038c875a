"""Addresses of this door."""

from django.urls import path

from wellkept.web.staff import acts, home

urlpatterns = [
    path("", home.home, name="staff-home"),
    path("decided/", home.decided, name="staff-decided"),
    path("invite/", acts.invite, name="staff-invite"),
    path("<uuid:number>/", acts.person, name="staff-person"),
    path("<uuid:number>/renew/", acts.renew, name="staff-renew"),
    path("<uuid:number>/remove/", acts.remove, name="staff-remove"),
    path("asked/<uuid:number>/", acts.decide, name="staff-decide"),
    path("asked/<uuid:number>/decline/", acts.decline, name="staff-decline"),
    path("invitations/<uuid:number>/take-back/", acts.take_back, name="staff-take-back"),
    path("removed/<uuid:number>/read/", acts.read, name="staff-read"),
]
