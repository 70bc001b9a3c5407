"""Tell articles about many events from those about one: live pages, round-ups, bulletins of a morning, week or desk.

They share signs with every story of their day, so that no story may grow by them.
"""

from __future__ import annotations

import re

_TITLES = r"""
live(?:blog|ticker)?: | live updates? | as it happened | (?:news|live)(?:blog|ticker) | ticker\b
week in \w+ | (?:morning|evening|daily|weekend|coronavirus|\w+day) (?:briefing|bulletin|digest|round-?up|update)
(?:news )?round-?up | the papers: | top stories | recap\b | wrap: | what happened (?:on|today) | newsletter | podcast:
photos of the (?:day|week) | cartoons | from the archives | news in brief | week in review
(?:die )?news der woche | der tag (?:im|am)\b | wochenr.ckblick | wochenschau | tagesr.ckblick | presseschau
nachrichten(?:überblick| am | des tages) | das wichtigste (?:am|vom) | bilder (?:der woche|des tages) | update kompakt
главн(?:ое|ые) (?:события|новости|за|к|на) | итоги (?:дня|недели) | онлайн(?:-трансляция)?: | хроника | дайджест
что произошло за | фото дня | коротко о главном | новости к этому часу
головне (?:на|за|до) | підсумки (?:дня|тижня) | головні (?:новини|події) | хроніка | онлайн: | що сталося за
haftanın (?:özeti|panoraması) | günün (?:özeti|manşetleri) | canlı (?:anlatım|blog|yayın) | (?:sabah|akşam) bülteni
مباشر | موجز | ابرز (?:الاخبار|العناوين|ما) | أبرز | نشرة | حصاد
en direct | le point (?:sur|à) | revue de presse | l'essentiel de | en vivo | última hora: | resumen (?:del|de la)
les \w+ (?:infos|actus|actualités|titres) (?:du|de|à)
l'actu(?:alité)? en bref | günün \w+ haberi | (?:أهم|اهم) (?:الأخبار|الاخبار)
(?:five|ten|\d+) (?:stories|headlines) (?:to|you|of) | (?:fünf|zehn|\d+) (?:nachrichten|meldungen|themen) (?:des|vom|am)
(?:пять|десять|\d+) (?:главных )?новостей | (?:п.ять|десять|\d+) (?:головних )?новин\b
na żywo | relacja na | podsumowanie (?:dnia|tygodnia) | najważniejsze (?:wydarzenia|informacje)
"""
_titles = re.compile(
    "|".join(part.strip().replace(" ", r"[ ]") for line in _TITLES.strip().splitlines() for part in line.split(" | ")),
    re.IGNORECASE,
).search
_times = re.compile(r"(?<![\d.,])(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d|[.,]\d)").findall
_MANY_TIMES, _LOOKED_AT = 4, 600


def is_of_many_events(title: str, body: str) -> bool:
    """Tell whether an article goes from event to event: its title says so, or many times of day stand in its text."""
    return bool(_titles(title)) or len(_times(body[:_LOOKED_AT])) >= _MANY_TIMES
