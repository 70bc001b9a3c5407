"""Validate addresses in the configuration files: mail, web, hosts and databases.

Each parser takes the value as written and returns it, or raises PydanticCustomError with a hint (`refuse`).
"""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from monitor.config.values import FALSE, list_meant, parse_line, quoted, refuse, text_of
from monitor.hostnames import is_domain
from monitor.net import allowance
from monitor.sources import SOURCES
from monitor.text import invisible, is_address, split_mailbox, without_credentials

_CHANNEL = re.compile(r"@|(?:https?://)?(?:www\.)?(?:t|telegram)\.me/", re.I)
NO_PROXY = ""
"""What stands for asking without a proxy, also where all others are asked through one."""
_HOST_PORT = re.compile(r"(?P<host>\[[0-9a-fA-F:.]+\]|[^:\[\]\s/]+)(?::(?P<port>[0-9]{1,5}))?")


def parse_address(value: Any) -> str:
    """Validate one mail address and return it."""
    text = text_of(value)
    if not is_address(text):
        raise refuse(f"{quoted(text)} is not a mail address", _address_meant(text))
    return text


def _address_meant(text: str) -> str:
    if unseen := invisible(text):
        return f"it holds a character that cannot be seen, U+{ord(unseen):04X}: type the address anew"
    if list_meant(text):
        return "one address goes here: a person for each, and a team for all of them"
    return "write it like desk@example.org"


def parse_sender(value: Any) -> str:
    """Validate `News monitor <monitor@example.org>` or a plain address and return it."""
    text = text_of(value)
    try:
        split_mailbox(text)
    except ValueError as error:
        raise refuse(f"{quoted(text)} {error}", _sender_meant(text)) from None
    return text


def _sender_meant(text: str) -> str:
    name, _, address = text.rpartition(" ")
    plain = name and is_address(address) and not re.search("[<>@]", name)
    return f"did you mean {name} <{address}>?" if plain else "write it like News monitor <monitor@example.org>"


def parse_url(value: Any) -> str:
    """Validate an http or https address and return it; an error never repeats its credentials."""
    text = text_of(value)
    if _is_web_address(text):
        return text
    shown = without_credentials(text)
    raise refuse(f"{quoted(shown)} is not a web address", _url_meant(shown))


def parse_site(value: Any) -> str:
    """Validate what a site is called by, and return its address: one without https://, too, or a channel as @NAME."""
    text = text_of(value)
    if _CHANNEL.match(text) and (address := SOURCES["telegram"].address):
        try:
            return address(text)
        except ValueError as error:
            message, hint = error.args
            raise refuse(f"{quoted(text)} {message}", hint) from None
    return parse_url(text if "://" in text or not text else f"https://{text}")


def parse_proxy(value: Any) -> str:
    """Validate the http or https address of a proxy and return it; an error never repeats its credentials.

    `no` and `none` give an empty string: without a proxy.
    """
    text = text_of(value)
    if text.lower() in FALSE | {"none"}:
        return NO_PROXY
    if _is_web_address(text):
        return text
    raise refuse(f"{quoted(text)} is not the address of a proxy", _proxy_meant(without_credentials(text)))


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(host) and not re.search(r"[\s\x00-\x1f\x7f]", text)


def _proxy_meant(text: str) -> str:
    scheme, separator, _ = text.partition("://")
    if separator and scheme.lower().startswith("socks"):
        return "SOCKS is not spoken: give a proxy that speaks HTTP, like http://proxy.example.org:3128"
    if not separator and _HOST_PORT.fullmatch(text):
        return f"did you mean http://{text}?"
    return "write its address and port: http://proxy.example.org:3128, or no"


def _url_meant(text: str) -> str:
    if text.startswith("@"):
        return f"a channel is written https://t.me/{text[1:]}, under telegram:"
    scheme, separator, rest = text.partition("://")
    rest = rest if separator else scheme.removeprefix("feed:")
    meant = f"https://{rest}"
    if "." in rest and is_domain(re.split(r"[/:?#]", rest)[0]) and not text.startswith(("http:", "https:")):
        return f"did you mean {meant}?"
    return "write the whole address: https://www.example.org/rss"


def parse_private_host(value: Any) -> str:
    """Validate a host, host:port or network and return it."""
    text = text_of(value)
    try:
        allowance(text)
    except ValueError:
        raise refuse(f"{quoted(text)} is not a host", _private_host_meant(text)) from None
    return text


def _private_host_meant(text: str) -> str:
    try:
        # Not strict: the bits behind the prefix become zeros, as the network has them.
        return f"did you mean {ip_network(text, strict=False)}?"
    except ValueError:
        return "a host, host:port or network: 10.0.0.7, cms:8080"


def parse_listen(value: Any) -> str:
    """Validate host:port and return it."""
    text = text_of(value)
    found = _HOST_PORT.fullmatch(text)
    if not found or int(found["port"] or 0) not in range(1, 65536):
        raise refuse(f"{quoted(text)} is not a place to listen at", "host and port: 127.0.0.1:8080")
    return text


def parse_host(value: Any) -> str:
    """Validate a host name or IP address without scheme and port, and return it without square brackets."""
    text = text_of(value)
    try:
        ip_address(text.strip("[]"))
    except ValueError:
        if not is_domain(text):
            name, _, port = text.rpartition(":")
            is_with_port = port.isdecimal() and is_domain(name)
            hint = f"without its port: {name}" if is_with_port else "only the name: mail.example.org"
            raise refuse(f"{quoted(text)} is not a host", hint) from None
    return text.strip("[]")


def parse_database(value: Any) -> str:
    """Validate a file name, or the address of a PostgreSQL database without its password, and return it."""
    text = parse_line(value)
    scheme, separator, _ = text.partition("://")
    if not separator:
        return text
    if scheme not in ("postgresql", "postgres"):
        raise refuse(f"unknown kind of database {quoted(scheme)}", "a file, or postgresql://user@host/name")
    try:
        parts = urlsplit(text)
        password, _ = parts.password, parts.port
    except ValueError:
        raise refuse("this is not the address of a database", "postgresql://user@host/name") from None
    if password:
        raise refuse("a password in the database's address", "put it in a file: database_password_file")
    return text
