"""Addresses of what a member tells. They hold ids alone."""

from django.urls import URLPattern, path

from wellkept.web.member import other_insurance, papers, sending, told


def of(kind: str, at: str) -> list[URLPattern]:
    """The addresses of one sort that is begun, gets papers and is sent."""
    given, one = {"kind": kind}, f"{at}<uuid:number>/"
    return [
        path(at, told.listed, given, name=f"member-{kind}"),
        path(f"{at}new/", sending.begin, given, name=f"member-{kind}-new"),
        path(one, told.one, given, name=f"member-{kind}-one"),
        path(f"{one}edit/", sending.mend, given, name=f"member-{kind}-edit"),
        path(f"{one}papers/", papers.papers, given, name=f"member-{kind}-papers"),
        path(f"{one}papers/<uuid:paper>/", papers.paper, given, name=f"member-{kind}-paper"),
        path(f"{one}papers/<uuid:paper>/remove/", papers.remove, given, name=f"member-{kind}-remove"),
        path(f"{one}send/", sending.send, given, name=f"member-{kind}-send"),
        path(f"{one}discard/", sending.discard, given, name=f"member-{kind}-discard"),
        path(f"{one}answer/", told.answer, given, name=f"member-{kind}-answer"),
    ]


OTHER = {"kind": "other_insurance"}
urlpatterns = [
    *of("claim", "submit/"),
    *of("change", "changes/"),
    path("other-insurance/", other_insurance.other_insurance, name="member-other-insurance"),
    path("other-insurance/<uuid:number>/", told.one, OTHER, name="member-other-insurance-one"),
    path("other-insurance/<uuid:number>/answer/", told.answer, OTHER, name="member-other-insurance-answer"),
    path("other-insurance/<uuid:number>/papers/", papers.papers, OTHER, name="member-other-insurance-papers"),
    path(
        "other-insurance/<uuid:number>/papers/<uuid:paper>/", papers.paper, OTHER, name="member-other-insurance-paper"
    ),
    path(
        "other-insurance/<uuid:number>/papers/<uuid:paper>/remove/",
        papers.remove,
        OTHER,
        name="member-other-insurance-remove",
    ),
]
