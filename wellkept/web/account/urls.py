"""Addresses of this door. None names an account: it is the session's own."""

from django.urls import path

from wellkept.web.account import address, closing, doubt, home, password, reaching, recovery, time, ways

urlpatterns = [
    path("", home.account, name="account"),
    path("sessions/<uuid:number>/end/", home.end, name="account-end-session"),
    path("sessions/end/", home.end_others, name="account-end-others"),
    path("time/", time.left, name="account-time"),
    path("not-me/<uuid:number>/", doubt.not_me, name="account-not-me"),
    path("password/", password.change, name="account-password"),
    path("address/", address.change, name="account-address"),
    path("address/undo/<slug:token>/", address.undo, name="account-address-undo"),
    path("reach/", reaching.reach, name="account-reach"),
    path("ways/", ways.overview, name="account-ways"),
    path("ways/app/", ways.app, name="account-ways-app"),
    path("ways/app/remove/", ways.remove_app, name="account-ways-app-remove"),
    path("ways/codes/", ways.codes, name="account-ways-codes"),
    path("ways/passkeys/", ways.add, name="account-ways-add"),
    path("ways/passkeys/options/", ways.options, name="account-ways-options"),
    path("ways/passkeys/<uuid:number>/", ways.one, name="account-ways-passkey"),
    path("ways/passkeys/<uuid:number>/remove/", ways.remove_one, name="account-ways-passkey-remove"),
    path("close/", closing.close, name="account-close"),
    path("recovery/", recovery.secret, name="account-recovery"),
]
