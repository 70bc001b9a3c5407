"""Find what agencies put before or after a title to say that they send its text anew: `UPDATE 2-`, `(обновлено)`."""

from __future__ import annotations

import re

_MARKS = (
    *("update", "updated", "updates", "lead", "ld", "rpt", "repeat", "refile", "refiled", "correction", "corrected"),
    *("обновление", "обновлено", "обновлён", "дополнено", "дополнение", "исправлено", "повтор"),
    *(
        "оновлено",
        "оновлення",
        "доповнено",
        "виправлено",
        "aktualisiert",
        "aktualisierung",
        "korrektur",
        "berichtigung",
    ),
    *("mis à jour", "mise à jour", "actualisé", "màj", "correctif", "actualización", "actualizado", "corrección"),
    *("aggiornamento", "aggiornato", "atualização", "atualizado", "aktualizacja", "aktualizováno", "aktualizácia"),
    *("güncelleme", "güncellendi", "bijgewerkt", "uppdaterad", "oppdatert", "opdateret", "päivitetty", "actualizare"),
    *("تحديث", "עדכון", "更新", "업데이트"),
)
_MARK = "|".join(map(re.escape, _MARKS))
_NUMBERED = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\s*-?\s*)?(?:{_MARK})[\s-]*(?:\d{{1,2}})?"
# Without a sign after it, only a mark in capitals is one: "Update your phone" is a title.
_CAPITALS = "|".join(re.escape(mark.upper()) for mark in _MARKS if mark.upper() != mark)
_BEFORE = re.compile(
    rf"\s*(?:[(\[*]+\s*(?i:{_NUMBERED})\s*[)\]*]+[\s:.–—-]*|(?i:{_NUMBERED})\s*[-–—:|!]\s*|(?:{_CAPITALS})\s+)(?=.*[^\W\d_])"
)
_AFTER = re.compile(rf"(?<=\S)\s*(?:[(\[*]+\s*(?i:{_NUMBERED})\s*[)\]*]+|[-–—:|]\s*(?i:{_NUMBERED}))\s*\Z")
_LONGEST = 40
"""Characters of a mark with all around it."""


def without_update_mark(title: str) -> str:
    """Return a title without the marks before and after it that say that it is sent anew; itself where it has none."""
    while found := _BEFORE.match(title):
        title = title[found.end() :]
    found = _AFTER.search(title, max(len(title) - _LONGEST, 0))
    return title[: found.start()] if found else title
