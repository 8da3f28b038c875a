"""Every address of the portal: the shell's own, the public site, and each door under its name."""

from django.urls import URLPattern, URLResolver, include, path

from wellkept.policy.words import Role
from wellkept.web.desk import frame as desk
from wellkept.web.member import door as member
from wellkept.web.operations import frame as operations
from wellkept.web.privacy import frame as privacy
from wellkept.web.shell import doors, office
from wellkept.web.staff import frame as staff

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("wellkept.web.shell.urls")),
    path("", include("wellkept.web.site.urls")),
    path("", include("wellkept.web.entrance.urls")),
    path("member/", include("wellkept.web.member.urls")),
    path("desk/", include("wellkept.web.desk.urls")),
    path("privacy/", include("wellkept.web.privacy.urls")),
    path("operations/", include("wellkept.web.operations.urls")),
    path("account/", include("wellkept.web.account.urls")),
    path("colleagues/", include("wellkept.web.colleagues.urls")),
    path("staff/", include("wellkept.web.staff.urls")),
    path("provider/", include("wellkept.web.provider.urls")),
    path("employer/", include("wellkept.web.employer.urls")),
    path("agent/", include("wellkept.web.agent.urls")),
    path("partner/", include("wellkept.web.partner.urls")),
]

doors.introduce(
    {
        Role.MEMBER: member.framed,
        Role.REPRESENTATIVE: desk.framed,
        Role.PRIVACY_OFFICER: privacy.framed,
        Role.ADMINISTRATOR: operations.framed,
        Role.ACCESS_ADMINISTRATOR: staff.framed,
        **dict.fromkeys(office.HOMES, office.framed),
    }
)

handler400 = "wellkept.web.shell.errors.bad_request"
handler403 = "wellkept.web.shell.errors.refused"
handler404 = "wellkept.web.shell.errors.not_found"
handler500 = "wellkept.web.shell.errors.fault"
