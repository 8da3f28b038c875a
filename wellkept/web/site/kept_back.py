"""How many openings are kept from those they are about, for anyone to read.

Serves B-03. The database counts as it stood when the day began: a count that moved would tell whom it is about.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wellkept.statistics.kept_back import kept_back as counted
from wellkept.web.shell import serving
from wellkept.web.shell.public import never_kept, public


@public("How much is kept back is for anyone to see (B-03).")
@never_kept("The count of the day.")
def kept_back(request: HttpRequest) -> HttpResponse:
    """The numbers, and the rules behind them."""
    given = {"found": counted(), "today": serving.today(serving.pack())}
    return render(request, "site/kept_back.html", given)
