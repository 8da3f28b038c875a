"""Addresses of the privacy office. None holds anything about a person: a request is a random number."""

from django.urls import path

from wellkept.web.privacy import answers, mending, why, work

urlpatterns = [
    path("", work.work, name="privacy"),
    path("requests/<uuid:number>/", answers.answer, name="privacy-request"),
    path("mended/", mending.mended, name="privacy-mended"),
    path("mended/<int:number>/", mending.how, name="privacy-how-mended"),
    path("why/", why.why, name="privacy-why"),
]
