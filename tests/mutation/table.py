"""Which modules `python -m tests.mutation` mutates, and by which tests each is judged."""

from __future__ import annotations

from pathlib import Path

SCOPE = (
    *("articles/identity.py", "articles/resolution.py", "articles/compose.py", "articles/stories.py"),
    *("articles/copies.py", "articles/openings.py", "articles/beginnings.py"),
    *("alerts/planning/*.py", "alerts/merged_stories.py"),
    *("store/outbox.py", "store/deliveries.py", "store/story_deliveries.py", "net/gate.py", "net/ranges.py"),
    *("channels/email.py", "channels/smtp_*.py", "steps/*.py"),
)
"""Patterns below `monitor/`: what decides whether somebody is told, and told once."""

_PLANNING = ("alerts/test_planning.py", "alerts/test_plan_machine.py")
MORE_TESTS: dict[str, tuple[str, ...]] = {
    "articles/identity.py": (
        "articles/test_stored_keys.py",
        "articles/test_from_entries.py",
        "articles/test_resolution.py",
    ),
    "articles/resolution.py": (
        "articles/test_known_by_keys.py",
        "articles/test_undated.py",
        "articles/test_identity.py",
    ),
    "articles/compose.py": ("store/test_article_texts.py",),
    "articles/stories.py": ("store/test_text_signatures.py",),
    "alerts/planning/plan.py": _PLANNING,
    "alerts/planning/silence_reasons.py": _PLANNING,
    "alerts/planning/silences.py": _PLANNING,
    "alerts/planning/situation.py": _PLANNING,
    "alerts/planning/slots.py": _PLANNING,
    "alerts/merged_stories.py": ("steps/test_merged_stories_told.py",),
    "store/outbox.py": ("store/test_delivery_admin.py", "store/test_leases.py"),
    "net/gate.py": ("net/test_gate_wire.py",),
    "net/ranges.py": ("net/test_gate.py",),
    "channels/email.py": ("channels/test_envelope.py",),
    "channels/smtp_connect.py": ("channels/test_email.py",),
    "channels/smtp_data.py": ("channels/test_email.py",),
    "channels/smtp_dialogue.py": ("channels/test_smtp_connect.py",),
    "channels/smtp_login.py": ("channels/test_email.py", "channels/test_oauth.py", "channels/test_smtp_connect.py"),
    "steps/account_turns.py": ("steps/test_deliver_accounts.py", "steps/test_quiet_guard.py"),
    "steps/backfill_alerts.py": ("steps/test_backfill.py",),
    "steps/claims.py": ("steps/test_storage_outage.py",),
    "steps/clock.py": ("steps/test_clock_jumps.py",),
    "steps/clock_jumps.py": ("steps/test_retention.py",),
    "steps/context.py": ("steps/test_work.py",),
    "steps/deliver.py": (
        "steps/test_deliver_accounts.py",
        "steps/test_deliver_endpoints.py",
        "steps/test_message_parts.py",
    ),
    "steps/gap_records.py": ("steps/test_gaps_filled.py", "steps/test_gap_search.py"),
    "steps/gap_tries.py": ("steps/test_gap_search.py",),
    "steps/host_rounds.py": ("steps/test_host_claims_failed.py", "steps/test_network_outage.py"),
    "steps/host_turns.py": ("steps/test_crawl_delays.py", "steps/test_shared_hosts.py"),
    "steps/incidents.py": ("steps/test_outlet_alarms.py",),
    "steps/ingest.py": (
        *("steps/test_poll.py", "steps/test_keep_recognised.py", "steps/test_read_page.py"),
        "steps/test_config_in_force.py",
    ),
    "steps/ingest_batches.py": ("steps/test_ingest.py", "steps/test_poll.py"),
    "steps/login_records.py": ("steps/test_outlet_login.py",),
    "steps/outlet_alarms.py": ("steps/test_broken_and_silent.py",),
    "steps/plan_alerts.py": ("steps/test_merged_stories_told.py", "steps/test_quiet_guard.py"),
    "steps/poll.py": ("steps/test_poll_result.py", "steps/test_crawl_delays.py", "steps/test_further_pages.py"),
    "steps/poll_result.py": ("steps/test_poll_end.py",),
    "steps/poller.py": ("steps/test_work.py",),
    "steps/read_login.py": ("steps/test_outlet_login.py",),
    "steps/read_page.py": ("steps/test_page_edits.py",),
    "steps/rule_verdicts.py": ("steps/test_ingest.py",),
    "steps/sending_accounts.py": ("steps/test_deliver_accounts.py",),
    "steps/signals.py": ("steps/test_work.py",),
    "steps/summaries.py": ("steps/test_quiet_guard.py",),
    "steps/story_memory.py": (
        *("steps/test_event_stories.py", "steps/test_ingest_meanings.py", "steps/test_young_monitor.py"),
    ),
    "steps/text_marks.py": ("steps/test_story_of_page.py",),
}
"""Tests besides the one of the module's own name, where it has none or where another one is about it, too."""


def modules(root: Path) -> list[str]:
    """Return the modules of the scope, below `monitor/`."""
    package = root / "monitor"
    found = (path for pattern in SCOPE for path in sorted(package.glob(pattern)) if path.name != "__init__.py")
    return [str(path.relative_to(package)) for path in found]


def nearest_tests(root: Path, module: str) -> list[str]:
    """Return the test files by which a module is judged, below the repository."""
    folder, _, name = module.rpartition("/")
    named = f"{folder}/test_{name}"
    own = [named] if (root / "tests" / named).exists() else []
    return [f"tests/{path}" for path in (*own, *MORE_TESTS.get(module, ()))]
