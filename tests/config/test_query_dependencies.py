"""What compiles a query anew, and what does not."""

from pathlib import Path

import pytest

from monitor.config import Config, diff
from tests.config.helpers import good, loaded

FILES = {
    "outlets.yaml": """
        outlets:
          - {name: tass, feed: https://tass.test/rss, groups: [agencies], country: ru, language: ru}
          - {name: other, feed: https://other.test/rss, groups: [press], country: ua, language: uk}
        """,
    "names.yaml": "names: [{name: Peskov, also: [Песков]}, {name: Lavrov, also: [Лавров]}]\n",
    "lists.yaml": 'lists: {talks: [zebra], deep: ["@talks"], "two words": [walrus]}\n',
    "rules.yaml": """
        defaults: {to: x@m.test}
        rules:
          - {name: plain, query: heron}
          - {name: list, query: "heron OR @talks"}
          - {name: deeper, query: "heron OR @deep"}
          - {name: quoted, query: 'heron OR @"two words"'}
          - {name: rule, query: '@plain OR otter'}
          - {name: name, query: name(Peskov)}
          - {name: full, query: 'name("Dmitry Peskov")'}
          - {name: lavrov, query: name(Lavrov)}
          - {name: outlet, query: 'heron AND outlet:tass'}
          - {name: group, query: 'heron AND group:agencies'}
          - {name: country, query: 'heron AND country:ru AND language:ru'}
        """,
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Config:
    return good(tmp_path_factory.mktemp("config"), FILES)


def after(tmp_path: Path, before: Config, path: str, old: str, new: str) -> tuple[set[str], set[str]]:
    """The rules that one edit compiles anew, and those whose question it changes."""
    assert old in FILES[path]
    now = good(tmp_path, FILES | {path: FILES[path].replace(old, new)}, previous=before)
    anew = {name for name in now.compiled if now.compiled[name] is not before.compiled.get(name)}
    return anew, set(diff(before, now).changed_queries)


@pytest.mark.parametrize(
    ("path", "old", "new", "anew"),
    [
        ("rules.yaml", "query: heron}", "query: heron}  # the same", set()),
        ("rules.yaml", "query: heron}", "query: lynx}", {"plain", "rule"}),
        ("lists.yaml", "[zebra]", "[zebra, lynx]", {"list", "deeper"}),
        ("lists.yaml", "[walrus]", "[walrus, lynx]", {"quoted"}),
        ("names.yaml", "[Лавров]", "[Лавров, Lawrow]", {"lavrov"}),
        ("names.yaml", "[Песков]", "[Песков, Peskow]", {"name", "full"}),
        ("names.yaml", "Lavrov, also", "Lavroff, also", {"lavrov"}),
    ],
)
def test_an_edit_changes_the_question_of_the_rules_that_use_it(
    tmp_path: Path, before: Config, path: str, old: str, new: str, anew: set[str]
) -> None:
    assert after(tmp_path, before, path, old, new) == (anew, anew)


@pytest.mark.parametrize(
    ("old", "new", "anew"),
    [
        ("groups: [press]", "groups: [press, agencies]", {"group"}),
        ("groups: [press]", "groups: [press, new]", set()),
        ("name: other", "name: another", set()),
        ("country: ua", "country: pl", set()),
    ],
)
def test_outlets_compile_anew_what_names_them_and_change_no_question(
    tmp_path: Path, before: Config, old: str, new: str, anew: set[str]
) -> None:
    assert after(tmp_path, before, "outlets.yaml", old, new) == (anew, set())


def test_a_rule_whose_outlet_is_renamed_is_checked_again(tmp_path: Path, before: Config) -> None:
    files = FILES | {"outlets.yaml": FILES["outlets.yaml"].replace("name: tass", "name: tess")}
    (problem,) = loaded(tmp_path, files, previous=before).problems
    assert (problem.file, problem.message) == ("rules.yaml", "there is no outlet tass")
