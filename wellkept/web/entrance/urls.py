"""Addresses of the entrance."""

from django.urls import path

from wellkept.web.entrance import reading, register, sign_in

urlpatterns = [
    path("register/", register.first, name="register"),
    path("register/who/", register.who, name="register-who"),
    path("register/code/", register.code, name="register-code"),
    path("sign-in/", sign_in.sign_in, name="sign-in"),
    path("sign-in/cookie/", sign_in.cookie, name="sign-in-cookie"),
    path("sign-in/agree/", sign_in.agree, name="sign-in-agree"),
    path("sign-in/agree/<slug:name>/<slug:version>/", sign_in.agree, name="sign-in-agree-to"),
    path("sign-in/policy/", reading.met, name="sign-in-policy"),
    path("sign-in/read/<str:version>/", reading.read, name="sign-in-read"),
    path("sign-out/", sign_in.sign_out, name="sign-out"),
]
