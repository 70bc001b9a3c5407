from datetime import timedelta
from pathlib import Path

import pytest

from monitor.channels import CHANNELS
from monitor.config import Settings
from monitor.config.cadence import parse_cadence
from monitor.config.settings import ANONYMOUS
from monitor.errors import SecretError
from tests.config.helpers import good, loaded

FULL = """
    timezone: Europe/Istanbul
    database: postgresql://monitor@db:5432/monitor
    database_password_file: db_password
    operator:
      to: it@m.test
      webhook: https://hooks.m.test/s3cret
      heartbeat: weekly Mon 09:00
      alive_url: http://10.0.0.1/ping/s3cret
      alive_every: 2m
    mail:
      from: News monitor <monitor@m.test>
      host: mail.m.test
      port: 587
      security: starttls
      user: monitor@m.test
      password_file: smtp_password
      ca_file: /etc/hostname
    defaults: {send: at once, max_per_hour: 30}
    keep: {articles: forever, text: 400d}
    private_hosts_allowed: [cms:8080, 10.0.0.0/8]
    proxy: http://me@proxy.m.test:3128
    proxy_password_file: proxy_password
    contact: it@m.test
    """


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    data = tmp_path / "data"
    data.mkdir()
    for name in ("db_password", "smtp_password", "proxy_password"):
        (data / name).write_text(f"{name} p@ss/1\n", encoding="utf-8")
    return good(tmp_path, {"monitor.yaml": FULL}).settings


def test_every_key_arrives(settings: Settings, tmp_path: Path) -> None:
    assert settings.timezone == "Europe/Istanbul"
    assert settings.operator == ("it@m.test",)
    (webhook,) = settings.operator_endpoints
    assert (webhook.recipient, webhook.channel) == ("operator@webhook.invalid", "webhook")
    assert webhook.options.model_dump() == {
        "url": "https://hooks.m.test/s3cret",
        "token_file": None,
        "secret_file": None,
    }
    assert settings.keys.operator.heartbeat == parse_cadence("weekly Mon 09:00")
    assert (settings.keys.operator.alive_url, settings.keys.operator.alive_every) == (
        "http://10.0.0.1/ping/s3cret",
        timedelta(minutes=2),
    )
    assert "s3cret" not in repr(settings)
    assert (settings.keep_articles, settings.keep_text) == (None, timedelta(days=400))
    assert settings.keys.private_hosts_allowed == ("cms:8080", "10.0.0.0/8")
    assert settings.sender == "News monitor <monitor@m.test>"
    assert settings.user_agent.endswith("(news monitor; it@m.test)")
    assert settings.channel == "email"
    assert isinstance(settings.options, CHANNELS["email"].options)
    options = settings.options.model_dump(by_alias=True)
    assert options["host"] == "mail.m.test"
    assert options["password_file"] == tmp_path / "data" / "smtp_password"
    assert options["ca_file"] == Path("/etc/hostname")


def test_secrets_are_read_when_they_are_asked_for(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.secret("smtp_password") == "smtp_password p@ss/1"
    (tmp_path / "data" / "smtp_password").write_text("another", encoding="utf-8")
    assert settings.secret("smtp_password") == "another"
    assert settings.database_url() == "postgresql://monitor:db_password%20p%40ss%2F1@db:5432/monitor"
    assert settings.proxy_url() == "http://me:proxy_password%20p%40ss%2F1@proxy.m.test:3128"
    monkeypatch.setenv("MONITOR_SMTP_PASSWORD", "from the environment")
    assert settings.secret("MONITOR_SMTP_PASSWORD") == "from the environment"
    with pytest.raises(SecretError):
        settings.secret("MONITOR_NOTHING")


def test_no_secret_is_in_what_is_printed(settings: Settings) -> None:
    settings.database_url()
    assert "p@ss" not in repr(settings)
    assert "s3cret" not in repr(settings)


def test_the_defaults_write_to_the_data_folder(tmp_path: Path) -> None:
    settings = good(tmp_path, {"monitor.yaml": "# nothing\n"}).settings
    assert settings.database_url() == str(tmp_path / "data" / "monitor.db")
    assert settings.channel == "maildir"
    assert settings.options.model_dump()["path"] == tmp_path / "data" / "mail"
    assert settings.proxy_url() is None


def test_the_database_password_may_be_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = good(tmp_path, {"monitor.yaml": "database: postgresql://monitor@db/monitor\n"}).settings
    assert settings.database_url() == "postgresql://monitor@db/monitor"
    monkeypatch.setenv("MONITOR_DATABASE_PASSWORD", "x y")
    assert settings.database_url() == "postgresql://monitor:x%20y@db/monitor"


def test_a_missing_secret_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MONITOR_SMTP_PASSWORD", raising=False)
    mail = "mail: {from: n@m.test, host: mail.m.test, user: n"
    for text, message in [
        (mail + ", password_file: nowhere}\n", "there is no file nowhere"),
        (mail + "}\n", "no password for the mail account"),
    ]:
        found = loaded(tmp_path, {"monitor.yaml": text})
        assert [(problem.severity, problem.message) for problem in found.problems] == [("warning", message)]
        assert found.config
        assert len(found.config.warnings) == 1


@pytest.mark.parametrize(
    ("key", "variable"),
    [
        ("mail: {from: n@m.test, host: mail.m.test, user: n, password_file: nowhere}", "MONITOR_SMTP_PASSWORD"),
        ("{database: 'postgresql://m@db/m', database_password_file: nowhere}", "MONITOR_DATABASE_PASSWORD"),
        ("{proxy: 'http://m@proxy.test', proxy_password_file: nowhere}", "MONITOR_PROXY_PASSWORD"),
        ("mail: {from: n@m.test, host: mail.m.test, user: n, password_file: NEWS_PASSWORD}", "NEWS_PASSWORD"),
    ],
)
def test_a_variable_takes_the_place_of_a_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, variable: str
) -> None:
    monkeypatch.delenv(variable, raising=False)
    missing = "NEWS_PASSWORD is not set" if variable == "NEWS_PASSWORD" else "there is no file nowhere"
    assert [one.message for one in loaded(tmp_path, {"monitor.yaml": key}).problems] == [missing]
    monkeypatch.setenv(variable, "s3cret")
    found = loaded(tmp_path, {"monitor.yaml": key})
    assert found.problems == ()
    settings = found.require_config().settings
    if variable == "MONITOR_DATABASE_PASSWORD":
        assert settings.database_url() == "postgresql://m:s3cret@db/m"
    if variable == "MONITOR_PROXY_PASSWORD":
        assert settings.proxy_url() == "http://m:s3cret@proxy.test"
    monkeypatch.setenv(variable, " ")
    assert "is empty" in loaded(tmp_path, {"monitor.yaml": key}).problems[0].message


def test_the_files_of_a_login_by_token_count_from_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("token", "app"):
        (tmp_path / "data" / name).write_text("s3cret\n", encoding="utf-8")
    xoauth2 = "auth: xoauth2, client_id: 1, token_file: token, client_secret_file: app"
    mail = f"mail: {{from: n@m.test, host: smtp.gmail.com, user: n@m.test, {xoauth2}}}\n"
    options = good(tmp_path, {"monitor.yaml": mail}).settings.options.model_dump()
    assert (options["token_file"], options["client_secret_file"]) == (
        tmp_path / "data" / "token",
        tmp_path / "data" / "app",
    )


@pytest.mark.parametrize(
    ("mail", "needed"),
    [
        ("port: 465", "security: tls"),
        ("port: 465, security: none", "security: tls"),
        ("security: tls, port: 587", "security: starttls"),
    ],
)
def test_a_port_whose_encryption_is_another_is_a_warning(tmp_path: Path, mail: str, needed: str) -> None:
    found = loaded(tmp_path, {"monitor.yaml": f"mail: {{from: n@m.test, host: mail.m.test, {mail}}}\n"})
    [problem] = found.problems
    assert problem.severity == "warning"
    assert needed in problem.message
    assert found.config


@pytest.mark.parametrize(
    ("text", "contact"),
    [
        ("timezone: UTC\n", ""),
        ("mail: {from: News <news@m.test>}\n", ""),
        ("mail: {from: News <news@m.test>, host: mail.m.test}\n", "news@m.test"),
        ("mail: {from: News <news@straße.test>, host: mail.m.test}\n", "news@xn--strae-oqa.test"),
        ("contact: it@m.test\nmail: {from: News <news@m.test>, host: mail.m.test}\n", "it@m.test"),
    ],
)
def test_outlets_can_write_to_the_sender_unless_another_contact_is_stated(
    tmp_path: Path, text: str, contact: str
) -> None:
    settings = good(tmp_path, {"monitor.yaml": text}).settings
    assert settings.user_agent.endswith(f"; {contact})" if contact else "(news monitor)")
    assert (settings.user_agent == ANONYMOUS) == (contact == "")


@pytest.mark.parametrize("name", ["Новости/1", "Zürich-Reader", '"a\\nb"'])
def test_a_user_agent_that_no_header_can_hold_is_a_mistake(tmp_path: Path, name: str) -> None:
    (problem,) = loaded(tmp_path, {"monitor.yaml": f"timezone: UTC\nuser_agent: {name}\n"}).errors
    assert str(problem).startswith("monitor.yaml:2:13: error: expected a header's value: ASCII"), str(problem)


def test_a_contact_cannot_break_the_header(tmp_path: Path) -> None:
    settings = good(tmp_path, {"monitor.yaml": "contact: Редакция it@m.test\n"}).settings
    assert settings.user_agent.isascii()
    assert settings.user_agent.endswith("; it@m.test)")
