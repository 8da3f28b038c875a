"""Addresses of operations. None holds anything about a person: files, pairs, joins and splits are random numbers."""

from django.urls import path

from wellkept.web.operations import files, handing, joins, records, splits, visits

urlpatterns = [
    path("", files.files, name="operations"),
    path("files/<uuid:number>/", files.file, name="operations-file"),
    path("files/<uuid:number>/again/", files.again, name="operations-again"),
    path("files/<uuid:number>/confirm/", files.confirm, name="operations-confirm"),
    path("hand-in/", handing.hand_in, name="operations-hand-in"),
    path("visits/", visits.visits, name="operations-visits"),
    path("records/", records.records, name="operations-records"),
    path("records/pairs/<uuid:number>/", joins.pair, name="operations-pair"),
    path("records/joins/<uuid:number>/", joins.join, name="operations-join"),
    path("records/find/", splits.find, name="operations-find"),
    path("records/splits/<uuid:number>/", splits.split, name="operations-split"),
]
