"""`monitor rules`: what is looked for, a new rule tried and written, lists of other systems brought over."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.config import Config, load
from monitor.store import Store
from tests.cli.stand import FILES, Stand, fill, piece, stand

LIST = "name,query,recipients\nLira,hd=lira and bank,ann@readers.test\nFerry,ferry adj3 strike,bob@readers.test; ann\n"


@pytest.fixture
def here(tmp_path: Path) -> Stand:
    made = stand(tmp_path)
    made.write({"people.yaml": "people:\n  - {name: ann, mail: ann@desk.test}\nteams: {desk: [ann]}\n"})
    return made


def config(here: Stand) -> Config:
    found = load(here.config, data=here.folder / "data")
    assert [str(problem) for problem in found.problems if problem.severity == "error"] == []
    assert found.config
    return found.config


def texts(here: Stand) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in here.config.rglob("*") if path.is_file()}


def saved(here: Stand, content: str | bytes) -> str:
    file = here.folder / "list.csv"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return str(file)


# --- add -------------------------------------------------------------------------------------------------------


def test_a_rule_is_tried_and_written_with_all_else_as_it_was(here: Stand, store: Store) -> None:
    here.use(store)
    fill(store, [piece(f"p{number}", f"The harbour {number}", timedelta(days=1)) for number in range(30)])
    ran = here.run("rules", "add", "Port", "harbour", "--to", "desk", "--to", "bob@readers.test", "--send", "hourly")
    assert ran.exit_code == 0, ran.output
    assert "mails a day" in ran.stdout
    assert "that is a lot" in ran.stdout
    assert "to undo: take the rule out of" in ran.stdout
    rule = config(here).rules["Port"]
    assert {route.recipient for route in rule.routes} == {"ann@desk.test", "bob@readers.test"}
    before = FILES["rules.yaml"].partition("lists:")
    now = (here.config / "rules.yaml").read_text(encoding="utf-8")
    assert now.startswith(before[0])
    assert now.endswith(before[1] + before[2])


def test_a_rule_says_by_which_addresses_it_tells(here: Stand) -> None:
    person = "{name: ann, mail: ann@desk.test, webhook: https://hook.test/a, ntfy: https://ntfy.test/a}"
    here.write({"people.yaml": f"people: [{person}]\n"})
    ran = here.run("rules", "add", "Port", "harbour", "--to", "ann", "--by", "Mail, ntfy,mail")
    assert ran.exit_code == 0, ran.output
    assert "    by: [mail, ntfy]\n" in (here.config / "rules.yaml").read_text(encoding="utf-8")
    assert {route.recipient for route in config(here).rules["Port"].routes} == {"ann@desk.test", "ann by ntfy"}


def test_without_a_database_there_is_no_past_and_the_rule_is_written(here: Stand) -> None:
    ran = here.run("rules", "add", "Port", "-", "--to", "ann", stdin="harbour OR\nport\n")
    assert ran.exit_code == 0, ran.output
    assert "no database" in ran.stdout
    assert config(here).rules["Port"].query == "harbour OR\nport\n"


def test_a_dry_run_shows_the_rule_and_writes_nothing(here: Stand) -> None:
    before = texts(here)
    ran = here.run("rules", "add", "Port", "harbour", "--to", "ann", "--dry-run")
    assert ran.exit_code == 0
    assert "- name: Port" in ran.stdout
    assert texts(here) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("harbour", "tesla", "--to", "ann"), "is in rules.yaml:2 already"),
        (("Talks", "tesla", "--to", "ann"), "is in rules.yaml:7 already"),
        (("Port", "tesla"), "nobody is told"),
        (("Port", "tesla", "--to", "anne"), "did you mean ann?"),
        (("Port", "tesla", "--to", "a@b@c"), "--to"),
        (("Port", "tesla AND", "--to", "ann"), "column 10"),
        (("Port", "tesla", "--to", "ann", "--send", "never"), "does not say when to send"),
        (("x" * 101, "tesla", "--to", "ann"), "'NAME': “xxx"),
        ((" ", "tesla", "--to", "ann"), "'NAME': expected a name"),
        (("Port", "tesla", "--to", "ann", "--send", "dayly"), "Invalid value for '--send': “dayly” does not say"),
        (("Port", "tesla", "--to", "ann", "--send", "dayly"), "did you mean daily 08:00?"),
        (("Port", "tesla", "--to", "ann", "--send", "weekly Mon 9:60"), "'--send': “9:60” is not a time of day"),
        (("Port", "tesla", "--to", "ann, bob@readers.test"), "are several: give each by itself"),
        (("Port", "tesla", "--to", "ann", "--by", "mail,telegramm"), "'--by': “telegramm” is no address of a person"),
        (("Port", "tesla", "--to", "ann", "--by", "telegramm"), "did you mean telegram"),
        (("Port", "tesla", "--to", "ann", "--by", "telegram"), "“ann” has no “telegram”"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_written(here: Stand, words: tuple[str, ...], said: str) -> None:
    before = texts(here)
    ran = here.run("rules", "add", *words)
    assert ran.exit_code != 0
    assert said in ran.output + ran.stderr + str(ran.exception)
    assert texts(here) == before


def test_a_sample_address_is_refused_where_mails_really_leave(here: Stand) -> None:
    settings = "mail: {from: News <m@desk.test>, host: mail.desk.test}\noperator: {to: it@desk.test}\n"
    here.write({"monitor.yaml": settings})
    before = texts(here)
    ran = here.run("rules", "add", "Port", "tesla", "--to", "ann@example.org")
    assert (ran.exit_code, "have not replaced the sample address ann@example.org" in ran.output) == (2, True)
    assert texts(here) == before


def test_an_error_of_the_new_text_says_that_its_line_is_not_there_yet(here: Stand) -> None:
    here.write({"people.yaml": "people:\n  - {name: ann, mail: ann@example.org}\n"})
    settings = "mail: {from: News <m@desk.test>, host: mail.desk.test}\noperator: {to: it@desk.test}\n"
    here.write({"monitor.yaml": settings, "rules.yaml": "rules: [{name: A, to: [a@desk.test], query: (}]\n"})
    before = texts(here)
    ran = here.run("rules", "add", "Port", "tesla", "--to", "a@desk.test")
    assert "nothing was written: the line is that of the new text" in str(ran.exception)
    assert texts(here) == before


@pytest.mark.parametrize("kept", ["rules.yml", "rules/mine.yaml", "rules/a.yaml rules/b.yaml", ""])
def test_the_rule_goes_where_rules_are(here: Stand, kept: str) -> None:
    (here.config / "rules.yaml").unlink()
    for number, name in enumerate(kept.split()):
        (here.config / name).parent.mkdir(exist_ok=True)
        (here.config / name).write_text(f"rules:\n  - {{name: R{number}, to: ann, query: tesla}}\n")
    assert here.run("rules", "add", "Port", "harbour", "--to", "ann").exit_code == 0
    expected = {"": "rules.yaml", "rules/a.yaml rules/b.yaml": "rules/added.yaml"}.get(kept, kept)
    assert "name: Port" in (here.config / expected).read_text(encoding="utf-8")
    assert set(config(here).rules) == {"Port", *(f"R{number}" for number in range(len(kept.split())))}


def test_mode_and_links_stay_and_nothing_is_left_behind(here: Stand) -> None:
    real = here.folder / "real.yaml"
    (here.config / "rules.yaml").rename(real)
    real.chmod(0o640)
    (here.config / "rules.yaml").symlink_to(real)
    assert here.run("rules", "add", "Port", "harbour", "--to", "ann").exit_code == 0
    assert (here.config / "rules.yaml").is_symlink()
    assert real.stat().st_mode & 0o777 == 0o640
    assert "name: Port" in real.read_text(encoding="utf-8")
    assert [path.name for path in here.folder.glob(".*")] == []


def test_nothing_is_added_to_a_file_that_is_not_in_force(here: Stand) -> None:
    here.write({"rules.yaml": FILES["rules.yaml"].replace("harbour AND @talks", "harbour AND")})
    before = texts(here)
    ran = here.run("rules", "add", "Port", "harbour", "--to", "ann")
    assert ran.exit_code != 0
    assert "something to look for is expected" in str(ran.exception)
    assert texts(here) == before


# --- translate -------------------------------------------------------------------------------------------------


def test_our_query_is_all_that_is_printed(here: Stand) -> None:
    ran = here.run("rules", "translate", "--from", "factiva", "-", stdin="bid adj3 offer and date after -7\n")
    assert ran.exit_code == 0
    assert ran.stdout == "bid PRE/2 offer\n"
    assert "column 20: left out" in ran.stderr
    assert "  " + " " * 19 + "^" in ran.stderr.splitlines()


def test_what_would_ask_something_else_is_no_translation(here: Stand) -> None:
    ran = here.run("rules", "translate", "--from", "Factiva", "bid and co=ibm")
    assert ran.exit_code == 1
    assert ran.stdout == ""
    assert "untranslatable" in ran.stderr
    assert "a draft without it: bid" in ran.stderr


def test_outlets_are_known_by_host_title_and_name(here: Stand) -> None:
    found = json.loads(here.run("rules", "translate", "--from", "google", "gas site:tass.example.org", "--json").stdout)
    assert found["query"] == "gas AND outlet:tass"
    assert found["usable"] is True
    assert here.run("rules", "translate", "--from", "lexis", "publication(wire)").stdout == "outlet:wire\n"


def test_a_system_that_is_not_known_is_answered_with_the_nearest(here: Stand) -> None:
    ran = here.run("rules", "translate", "--from", "melt water", "x")
    assert ran.exit_code == 2
    assert "did you mean meltwater?" in ran.stderr


# --- import ----------------------------------------------------------------------------------------------------


def test_a_list_becomes_a_file_of_rules_with_their_originals(here: Stand) -> None:
    file = saved(here, LIST + "Codes,co=ibm and bid,ann\nSome,bid or co=ibm,ann\nDated,bid and date after -7,ann\n")
    ran = here.run("rules", "import", file, "--from", "factiva")
    assert ran.exit_code == 0, ran.output
    assert "to undo: remove" in ran.stdout
    assert "not active, because something could not be kept: Codes, Some" in ran.stderr
    rules = config(here).rules
    assert rules["Lira"].query == "title:lira AND bank\n"
    assert rules["Ferry"].query == "ferry PRE/2 strike\n"
    assert {route.recipient for route in rules["Ferry"].routes} == {"bob@readers.test", "ann@desk.test"}
    assert [name for name in ("Codes", "Some", "Dated") if rules[name].active] == ["Dated"]
    text = (here.config / "rules" / "imported-factiva.yaml").read_text(encoding="utf-8")
    assert "# factiva: ferry adj3 strike\n" in text
    assert "# NOT KEPT: column 1: cannot be kept: co= has no counterpart\n" in text
    assert (here.config / "rules.yaml").read_text(encoding="utf-8") == FILES["rules.yaml"]


def test_what_is_doubtful_of_a_rule_that_was_kept_is_told_at_once(here: Stand) -> None:
    ran = here.run("rules", "import", saved(here, "Gas,gas site:example.net,ann\n"), "--from", "google")
    assert ran.exit_code == 0, ran.output
    assert "Gas: column 10: no outlet is at example.net" in ran.stderr
    text = (here.config / "rules" / "imported-google.yaml").read_text(encoding="utf-8")
    assert "# note: column 10: no outlet is at example.net" in text


def test_names_that_are_there_are_skipped_and_nothing_is_overwritten(here: Stand) -> None:
    file = saved(here, LIST + "HARBOUR,tesla,ann\ntalks,tesla,ann\n")
    ran = here.run("rules", "import", file, "--from", "factiva")
    assert "line 4: “HARBOUR” is in rules.yaml:2 already: skipped" in ran.stderr
    assert "line 5: “talks” is in rules.yaml:7 already: skipped" in ran.stderr
    before = texts(here)
    assert here.run("rules", "import", file, "--from", "factiva").exit_code == 1
    assert texts(here) == before
    assert here.run("rules", "import", saved(here, "New,tesla,ann\n"), "--from", "factiva").exit_code == 0
    assert (here.config / "rules" / "imported-factiva-2.yaml").exists()


def test_every_problem_of_a_list_is_told_at_once(here: Stand) -> None:
    rows = "name,query,recipients\n,tesla,ann\nA,,ann\nB,tesla,\nC,tesla,anne\nc,tesla,ann\n"
    before = texts(here)
    ran = here.run("rules", "import", saved(here, rows), "--from", "google")
    assert ran.exit_code == 2
    for line in (2, 3, 4, 5, 6):
        assert f"line {line}: " in ran.stderr
    assert "did you mean ann?" in ran.stderr
    assert texts(here) == before


def test_rows_without_recipients_go_to_whom_the_command_names(here: Stand) -> None:
    ran = here.run("rules", "import", saved(here, "name,query\nB,tesla\n"), "--from", "google", "--to", "desk")
    assert ran.exit_code == 0, ran.output
    assert [route.recipient for route in config(here).rules["B"].routes] == ["ann@desk.test"]
    assert here.run("rules", "import", saved(here, "C,tesla\n"), "--from", "google", "--to", "dsk").exit_code == 2


RUSSIAN = "name;recipients;query\nЛира;ann;лира И банк\n"


@pytest.mark.parametrize(
    "raw",
    [
        RUSSIAN.encode(),
        b"\xef\xbb\xbf" + RUSSIAN.encode(),
        RUSSIAN.encode("utf-16"),
        b"\xfe\xff" + RUSSIAN.encode("utf-16-be"),
        RUSSIAN.encode("cp1251"),
        RUSSIAN.replace(";", "\t").encode(),
        RUSSIAN.replace(";", ",").replace("\n", "\r\n").encode(),
    ],
)
def test_what_spreadsheets_save_is_read(here: Stand, raw: bytes) -> None:
    assert here.run("rules", "import", saved(here, raw), "--from", "google").exit_code == 0
    assert config(here).rules["Лира"].query == "лира AND И AND банк\n"


def test_western_letters_are_not_taken_for_cyrillic(here: Stand) -> None:
    raw = "name,query,to\nZürich,grève OR café,ann\n".encode("cp1252")
    assert here.run("rules", "import", saved(here, raw), "--from", "google").exit_code == 0
    assert config(here).rules["Zürich"].query == "grève OR café\n"


def test_a_query_over_lines_stays_a_comment_whatever_is_in_it(here: Stand) -> None:
    rows = 'Evil,"tesla\n  - name: more\x1b[2J\x85or ""berlin\u2028x""",ann\n'
    assert here.run("rules", "import", saved(here, rows), "--from", "factiva").exit_code == 0
    assert set(config(here).rules) == {"Harbour", "Evil"}


def test_a_dry_run_shows_the_file(here: Stand) -> None:
    before = texts(here)
    ran = here.run("rules", "import", saved(here, LIST), "--from", "factiva", "--dry-run")
    assert ran.exit_code == 0
    assert "rules:\n  - name: Lira\n" in ran.stdout
    assert texts(here) == before


@pytest.mark.parametrize("content", ["", "\n\n", "query\nx\n", 'name,query\nA,"x\n', "\x00\x01\x02"])
def test_what_is_no_list_is_refused(here: Stand, content: str) -> None:
    assert here.run("rules", "import", saved(here, content), "--from", "google").exit_code == 2


def test_a_list_that_is_not_there_is_told(here: Stand) -> None:
    assert here.run("rules", "import", str(here.folder / "none.csv"), "--from", "google").exit_code != 0
