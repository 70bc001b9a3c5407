"""How the Polish table is derived: from names that decline alike to the shortest end that tells them."""

from __future__ import annotations

from tests.packaging.polish_names import Declined, Reading, declined, ending_lines


def named(text: str) -> Declined:
    name, *forms = text.split()
    return Declined(name, dict.fromkeys(forms, 1.0))


def test_an_end_stands_only_where_it_says_more_than_a_shorter_one() -> None:
    alike = [named(f"{stem}an {stem}ana {stem}anem") for stem in ("j", "st", "br")]
    other = [named(f"{stem}ek {stem}ka {stem}kiem") for stem in ("mar", "bo")]
    assert ending_lines([*alike, *other], least_gain=1) == ["ek ka kiem", "n na nem"]


def test_one_name_that_is_not_like_the_others_has_a_line_if_it_weighs_enough() -> None:
    usual = [named(f"{stem}stok {stem}stoka {stem}stokiem") for stem in ("wo", "po", "ro")]
    odd = {"białegostoku": 1.0, "białymstokiem": 1.0}
    assert ending_lines([*usual, Declined("białystok", odd, 1.0)], least_gain=4) == ["k ka kiem"]
    assert "ystok ymstokiem egostoku" in ending_lines([*usual, Declined("białystok", odd, 8.0)], least_gain=4)


def test_only_peoples_have_a_plural_as_usual_as_the_singular() -> None:
    readings: list[Reading] = [
        ("Polak", "Polak", "subst:sg:nom:m1", [], []),
        ("Polaka", "Polak", "subst:sg:gen.acc:m1", [], []),
        ("Polacy", "Polak", "subst:pl:nom.voc:m1", [], []),
        ("Polakami", "Polak", "subst:pl:inst:m1", [], []),
    ]
    assert declined(readings, "polak", {"nazwa_pospolita"}) == {"polaka": 1.0, "polacy": 1.0, "polakami": 1.0}
    assert declined(readings, "polak", {"nazwisko"}) == {"polaka": 1.0, "polacy": 0.45}
    assert declined(readings, "polak", {"nazwa_geograficzna"}) == {"polaka": 1.0}
