"""A spelling belongs to one entry of names.yaml, for the forms and for what depends on them alike."""

from __future__ import annotations

from monitor.config.form_lookup import FormLookup
from monitor.model import NameEntry
from monitor.text.forms.name_entries import entries_by_spelling
from monitor.text.forms.name_forms import entry_for

OWN = NameEntry("Lebedko")
FIRST, LAST = NameEntry("First", ("Лебедко", "Lebedko")), NameEntry("Last", ("Lebedko", "Лебедко"))


def test_the_name_itself_comes_before_the_first_entry_that_lists_it() -> None:
    entries = {one.name: one for one in (FIRST, OWN, LAST)}
    found = entries_by_spelling(entries)
    assert (found["lebedko"], found["лебедко"]) == (OWN, FIRST)
    assert (entry_for("Lebedko", entries), entry_for("Лебедко", entries)) == (OWN, FIRST)


def test_a_change_of_the_entry_that_counts_is_noticed_though_another_one_lists_the_name() -> None:
    before, after = ({one.name: one for one in (own, LAST)} for own in (OWN, NameEntry("Lebedko", (), ("Лебедка",))))
    assert FormLookup(before).entry_digest("Lebedko") != FormLookup(after).entry_digest("Lebedko")
