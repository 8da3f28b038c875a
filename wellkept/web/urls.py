"""Every address of the portal: the shell's own, the public site, and each door under its name."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wellkept.web.shell.urls")),
    path("", include("wellkept.web.site.urls")),
    path("", include("wellkept.web.entrance.urls")),
    path("member/", include("wellkept.web.member.urls")),
    path("desk/", include("wellkept.web.desk.urls")),
    path("privacy/", include("wellkept.web.privacy.urls")),
    path("operations/", include("wellkept.web.operations.urls")),
]

handler400 = "wellkept.web.shell.errors.bad_request"
handler403 = "wellkept.web.shell.errors.refused"
handler404 = "wellkept.web.shell.errors.not_found"
handler500 = "wellkept.web.shell.errors.fault"
