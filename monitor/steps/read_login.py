"""Read the page with a login's form, or the one after it, in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from monitor.errors import ParseError
from monitor.model import Page
from monitor.sources import LoginForm, LoginPage, login_page

LOGIN_JOB = "monitor.steps.read_login:read_login"
"""The function that workers run."""


@dataclass(frozen=True, slots=True)
class LoginJob:
    """A page, and the text that tells whether a login worked; empty if none was said."""

    page: Page
    works: str


def read_login(job: LoginJob) -> tuple[object, ...] | ParseError:
    """Return the fields of the LoginPage, or a ParseError where the page cannot be read."""
    try:
        found = login_page(job.page, job.works)
    except ParseError as error:
        return error
    forms = [tuple(form) if form else None for form in (found.form, found.name_form)]
    return forms[0], found.complaint, found.shows, forms[1]


def login_page_of(answer: object) -> LoginPage:
    """Return the page of a worker's answer; raise its error, or a ParseError for an answer of another shape."""
    if isinstance(answer, Exception):
        raise answer
    try:
        form, complaint, shows, name_form = cast("tuple[Any, ...]", answer)
        forms = [LoginForm(*one) if one else None for one in (form, name_form)]
        return LoginPage(forms[0], str(complaint), bool(shows), forms[1])
    except (TypeError, ValueError):
        raise ParseError("unreadable", "the worker's answer is no login") from None
