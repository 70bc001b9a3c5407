"""Templates that never end, or want more of the machine than there is; each begins with what a good one shows."""

from __future__ import annotations

_LOOPS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"

ENDLESS = {
    "loops that make nothing": _LOOPS,
    "a power": "{{ (mail.subject | length) ** (9 ** 9) }}",
    "macros": "{% macro more(n) %}{% if n %}{{ more(n - 1) }}{{ more(n - 1) }}{% endif %}{% endmacro %}{{ more(60) }}",
}
"""They have to be stopped."""
GREEDY = {
    "a product": "{{ ('a' * 10 ** 10) | length }}",
    "a width": "{{ ('%9999999999s' | format('x')) | length }}",
    "endless macros": "{% macro more() %}{{ more() }}{% endmacro %}{{ more() }}",
}
"""They end in an error at a line."""
