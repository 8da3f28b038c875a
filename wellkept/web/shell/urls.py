"""What the shell itself serves: the operator's colours and mark, and what needs no door."""

from django.urls import path

from wellkept.web.shell import leaving_list, staying, theme

urlpatterns = [
    path("theme.<str:digest>.css", theme.theme, name="theme"),
    path("mark.<str:digest>.svg", theme.mark, name="mark"),
    path("stay/", staying.stay, name="stay"),
    path("publications/leave/<str:token>/", leaving_list.leave, name="leave-list"),
]
