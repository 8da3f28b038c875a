"""Addresses of questions about claims and appeals. They hold ids alone."""

from django.urls import path

from wellkept.web.member import appealing, appeals

urlpatterns = [
    path("", appeals.listed, name="member-appeals"),
    path("care/", appealing.begin, {"what": "care"}, name="member-appeal-care"),
    path("letter/", appealing.begin, {"what": "letter"}, name="member-appeal-letter"),
    path("ask/<uuid:number>/", appealing.begin, {"what": "ask"}, name="member-appeal-ask"),
    path("claim/<uuid:number>/", appealing.begin, {"what": "claim"}, name="member-appeal-claim"),
    path("before/<uuid:number>/", appealing.begin, {"what": "before"}, name="member-appeal-before"),
    path("<uuid:number>/", appeals.one, name="member-appeal"),
    path("<uuid:number>/withdraw/", appeals.withdraw, name="member-appeal-withdraw"),
    path("<uuid:number>/papers/<uuid:paper>/", appeals.paper, name="member-appeal-paper"),
]
