"""The form by which readers log in is found among others, with what a browser would send."""

from __future__ import annotations

import pytest

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources import LoginForm, login_page

URL = "https://a.test/account/login?next=1"
PASSWORD = "<input type=password name=pw>"


def read(html: str, text: str = "") -> object:
    return login_page(Page(URL, 200, {"content-type": "text/html; charset=utf-8"}, html.encode()), text)


@pytest.mark.parametrize(
    ("html", "form"),
    [
        (f"<form method=post><input name=u>{PASSWORD}</form>", LoginForm(URL, (("u", ""), ("pw", "")), "u", "pw")),
        (
            f"<base href=/b/><form method=POST action=in><input type=hidden name=t value='&lt;1'>{PASSWORD}</form>",
            LoginForm("https://a.test/b/in", (("t", "<1"), ("pw", "")), "", "pw"),
        ),
        (
            f"<form action=/find><input name=q></form><form method=post>{PASSWORD}<input type=password name=pw2></form>"
            f"<form method=post action=/in><input type=tel name=u value=1>{PASSWORD}<input type=checkbox name=a>"
            "<input type=checkbox name=b checked><input type=file name=f><input name=x disabled><input>"
            "<select name=s><option>1<option value=2 selected></select><textarea name=m>hi</textarea>"
            "<button type=button name=no value=1></button><button name=go value=1></button><input type=submit name=or>",
            LoginForm(
                "https://a.test/in",
                (("u", "1"), ("pw", ""), ("b", "on"), ("s", "2"), ("m", "hi"), ("go", "1")),
                "u",
                "pw",
            ),
        ),
        (f"<form>{PASSWORD}</form>", None),
        (f"<form method=post action='javascript:go()'>{PASSWORD}</form>", None),
        ("<form method=post><input name=u></form>", None),
        ("", None),
    ],
)
def test_the_form_with_the_password_is_read(html: str, form: LoginForm | None) -> None:
    assert read(html)[0] == form  # type: ignore[index]


NAME = "<input type=hidden name=t value=1><input type=email name=u>"


@pytest.mark.parametrize(
    ("html", "fields"),
    [
        (f"<form method=post>{NAME}</form>", (("t", "1"), ("u", ""))),
        (
            f"<form method=post action=/x class=sign-in>{NAME}<button name=go value=1></form>",
            (("t", "1"), ("u", ""), ("go", "1")),
        ),
        (f"<form method=post action=/newsletter>{NAME}</form>", None),
        (f"<form method=post action=/x>{NAME}</form>", None),
        (f"<form method=post action=/login id=forgot>{NAME}</form>", None),
        (f"<form method=post>{NAME}<input name=city></form>", None),
        (f"<form method=post>{NAME}{PASSWORD}</form>", None),
        (f"<form>{NAME}</form>", None),
        (f"<form method=post action='javascript:login()'>{NAME}</form>", None),
    ],
)
def test_a_form_that_asks_for_the_name_alone_is_read(html: str, fields: tuple[tuple[str, str], ...] | None) -> None:
    found = read(html)[3]  # type: ignore[index]
    assert (found and (found.fields, found.user_field, found.password_field)) == (fields and (fields, "u", ""))


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        ("<p class=msg>x</p><div class='form-error'> Wrong <b>password</b>\n</div>", "Wrong password"),
        ("<div class=error></div><div role=alert>Locked for 1&nbsp;h</div>", "Locked for 1 h"),
        ("<p>Welcome", ""),
    ],
)
def test_what_was_wrong_is_found(html: str, complaint: str) -> None:
    assert read(html)[1] == complaint  # type: ignore[index]


def test_a_text_is_looked_for_in_what_is_shown_and_in_the_markup() -> None:
    html = "<a href=/logout>Log <b>out</b></a>"
    assert [read(html, text)[2] for text in ("Log out", "/logout", "Log in")] == [True, True, False]  # type: ignore[index]


def test_hostile_pages_are_refused() -> None:
    with pytest.raises(ParseError):
        read("<form>" + "<div>" * 1_000)
