"""Words are told to be forms of known names, or to sound like another of them."""

from __future__ import annotations

from monitor.articles.known_names import KnownNames, watched_name
from monitor.model import NameEntry
from monitor.text.forms import expand_name

ENTRY = NameEntry("Scholz", ("Шольц",), ("Шольцман",))


def test_a_name_has_the_words_of_its_forms_but_not_its_given_names() -> None:
    watched = watched_name("Olaf Scholz", expand_name("Olaf Scholz", {}), ENTRY)
    assert {"scholz", "шольцу"} <= watched.words
    assert "olaf" not in watched.words
    assert (watched.given, watched.refused) == (frozenset({"olaf"}), frozenset({"шольцман"}))
    assert watched.same == {"Olaf Scholz", "Scholz"}


def test_forms_of_other_names_and_words_that_sound_more_like_them() -> None:
    forms = {name: expand_name(name, {}) for name in ("Scholz", "Schulz")}
    known = KnownNames(forms)
    scholz = watched_name("Scholz", forms["Scholz"], None)
    assert known.is_of_another("schulz", scholz)
    assert not known.is_of_another("scholz", scholz)
    assert known.is_nearer_to_another("schultz", scholz, 0.8)
    assert not known.is_nearer_to_another("scholtz", scholz, 0.99)
