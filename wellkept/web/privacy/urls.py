"""Addresses of the privacy office. None holds anything about a person: a request is a random number."""

from django.urls import path

from wellkept.web.privacy import answers, links, mending, why, work

urlpatterns = [
    path("", work.work, name="privacy"),
    path("requests/<uuid:number>/", answers.answer, name="privacy-request"),
    path("mended/", mending.mended, name="privacy-mended"),
    path("mended/<int:number>/", mending.how, name="privacy-how-mended"),
    path("links/", links.register, name="privacy-links"),
    path("links/propose/", links.propose, name="privacy-link-propose"),
    path("links/<uuid:number>/", links.entry, name="privacy-link"),
    path("links/<uuid:number>/review/", links.review, name="privacy-link-review"),
    path("links/<uuid:number>/withdraw/", links.withdraw, name="privacy-link-withdraw"),
    path("why/", why.why, name="privacy-why"),
]
