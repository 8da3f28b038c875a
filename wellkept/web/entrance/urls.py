"""Addresses of the entrance."""

from django.urls import path

from wellkept.web.entrance import (
    again,
    by_mail,
    by_passkey,
    reading,
    recover,
    register,
    second,
    sign_in,
    sign_on,
    staff,
)

urlpatterns = [
    path("register/", register.first, name="register"),
    path("register/which/", register.which, name="register-which"),
    path("register/code/", register.code, name="register-code"),
    path("register/<slug:audience>/", register.path, name="register-path"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/cookie/", sign_in.cookie, name="sign-in-cookie"),
    path("sign-in/agree/", sign_in.agree, name="sign-in-agree"),
    path("sign-in/agree/<slug:name>/<slug:version>/", sign_in.agree, name="sign-in-agree-to"),
    path("sign-in/second/", second.second, name="sign-in-second"),
    path("sign-in/second/passkey/", second.passkey, name="sign-in-second-passkey"),
    path("sign-in/mailed/", by_mail.ask, name="sign-in-mailed"),
    path("sign-in/mailed/code/", by_mail.enter, name="sign-in-mailed-code"),
    path("sign-in/passkey/", by_passkey.sign_in, name="sign-in-passkey"),
    path("sign-in/passkey/<slug:purpose>/", by_passkey.options, name="sign-in-passkey-options"),
    path("sign-in/again/", again.again, name="sign-in-again"),
    path("sign-in/again/passkey/", again.passkey, name="sign-in-again-passkey"),
    path("sign-in/policy/", reading.met, name="sign-in-policy"),
    path("sign-in/read/<str:version>/", reading.read, name="sign-in-read"),
    path("sign-in/forgotten/", recover.forgotten, name="sign-in-forgotten"),
    path("sign-in/forgotten/<str:token>/", recover.link, name="sign-in-forgotten-link"),
    path("sign-in/staff/", staff.invited, name="sign-in-staff"),
    path("sign-in/staff/second/", staff.second, name="sign-in-staff-second"),
    path("sign-in/staff/sign-on/", sign_on.invited, name="sign-in-staff-sign-on"),
    path("sign-in/openid/", sign_on.start, name="sign-in-openid"),
    path("sign-in/openid/on/", sign_on.on, name="sign-in-openid-on"),
    path("sign-in/openid/back/", sign_on.back, name="sign-in-openid-back"),
    path("sign-in/openid/again/", sign_on.again, name="sign-in-openid-again"),
    path("sign-in/openid/failed/", sign_on.not_there, name="sign-in-openid-failed"),
    path("sign-in/openid/out/", sign_on.signed_out, name="sign-in-openid-out"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
]
