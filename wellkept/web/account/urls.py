"""Addresses of this door. None names an account: it is the session's own."""

from django.urls import path

from wellkept.web.account import doubt, home, reaching, recovery

urlpatterns = [
    path("", home.account, name="account"),
    path("sessions/<uuid:number>/end/", home.end, name="account-end-session"),
    path("sessions/end/", home.end_others, name="account-end-others"),
    path("not-me/<uuid:number>/", doubt.not_me, name="account-not-me"),
    path("reach/", reaching.reach, name="account-reach"),
    path("recovery/", recovery.secret, name="account-recovery"),
]
