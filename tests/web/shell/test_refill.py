"""A form of a finished page is filled in as it was typed, and nothing else of the page changes."""

import pytest

from wellkept.web.shell.refill import filled

PAGE = (
    '<!doctype html>\n<html lang="en"><body><!-- x --><p>a &amp; b &#39;c&#39; <br></p>'
    '<form method="post"><input type="hidden" name="token" value="fresh"><input type="hidden" name="act" value="one">'
    '<input type="text" name="words" value="before"></form>'
    '<form method="post" action="/here/"><input type="hidden" name="token" value="fresh">'
    '<input type="hidden" name="act" value="two"><input name="words" value="">'
    '<textarea name="more">\nold &lt;</textarea>'
    '<input type="radio" name="way" value="a" checked><input type="radio" name="way" value="b">'
    '<input type="checkbox" name="sure" checked><select name="state"><option value="WI">W<option value="IL" selected>I'
    '</select><input type="password" name="password" value=""><input type="file" name="file">'
    '<button name="act">Go</button>'
    "</form><p>end</p></body></html>"
)
TYPED = {
    "act": ["two"], "words": ['"><script>alert(1)</script>'], "more": ["</textarea><b>\n& so on"], "way": ["b"],
    "state": ["WI"], "password": ["never"], "token": ["stale"],
}  # fmt: skip


def test_it_fills_in_the_form_whose_hidden_fields_say_the_same() -> None:
    done = filled(PAGE, TYPED)
    assert 'value="before"' in done, "the other form is as it was"
    assert 'name="words" value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"' in done
    assert "&lt;/textarea&gt;&lt;b&gt;\n&amp; so on</textarea>" in done
    assert "old" not in done
    assert '<input type="radio" name="way" value="a">' in done
    assert '<input type="radio" name="way" value="b" checked>' in done
    assert '<input type="checkbox" name="sure">' in done
    assert '<option value="WI" selected>' in done
    assert '<option value="IL">' in done


def test_it_fills_in_no_password_no_file_and_no_hidden_field() -> None:
    done = filled(PAGE, TYPED)
    assert "never" not in done
    assert "stale" not in done
    assert done.count('value="fresh"') == 2


def test_the_rest_of_the_page_is_as_it_was() -> None:
    done = filled(PAGE, TYPED)
    head, tail = PAGE.partition("<form")[0], PAGE.rpartition("</form>")[2]
    assert done.startswith(head)
    assert done.endswith(tail)
    assert filled(done, TYPED) == done


@pytest.mark.parametrize("fields", [{}, {"other": ["x"]}, {"words": ["x"], "act": ["three"]}, {"password": ["x"]}])
def test_a_form_that_does_not_fit_leaves_the_page_alone(fields: dict[str, list[str]]) -> None:
    assert filled(PAGE, fields) == PAGE
