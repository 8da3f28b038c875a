"""What the shell itself serves: the operator's colours and mark."""

from django.urls import path

from wellkept.web.shell import staying, theme

urlpatterns = [
    path("theme.<str:digest>.css", theme.theme, name="theme"),
    path("mark.<str:digest>.svg", theme.mark, name="mark"),
    path("stay/", staying.stay, name="stay"),
]
