"""The hours of a day stand as each language writes them."""

import pytest
from django.utils.translation import override

from wellkept.web.shell.figures import hour_of


@pytest.mark.usefixtures("django")
@pytest.mark.parametrize(
    ("language", "hour", "said", "short"),
    [
        ("en", 0, "12 am to 1 am", "12 am"),
        ("en", 11, "11 am to 12 pm", "11 am"),
        ("en", 23, "11 pm to 12 am", "11 pm"),
        ("es", 0, "12 a.\u00a0m. a 1 a.\u00a0m.", "12 a.\u00a0m."),
        ("es", 18, "6 p.\u00a0m. a 7 p.\u00a0m.", "6 p.\u00a0m."),
    ],
)
def test_an_hour_is_named_in_the_language_of_the_page(language: str, hour: int, said: str, short: str) -> None:
    with override(language):
        assert (hour_of(hour), hour_of(hour, short=True)) == (said, short)
