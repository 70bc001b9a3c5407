"""Modules without a test of their name: which test is about each, and why there is none of its own.

`tests/test_house.py` compares this table with the package. Patterns are below `monitor/`, tests below `tests/`.
"""

from __future__ import annotations

TABLES = {
    "query/foreign/*.py": "query/foreign/test_any.py",
    "query/functions/*.py": "query/test_functions.py",
    "query/operators/*.py": "query/test_operators.py",
    "query/terms/*.py": "query/test_terms.py",
    "text/forms/*.py": "text/test_forms.py",
}
"""One test tries every entry of a table, each of which is a module."""

COMMANDS = {
    "cli/*.py": "cli/test_commands.py",
    "cli/feed_output.py": "cli/test_outlets.py",
    "query/common.py": "query/test_selectivity.py",
    "reports/address_list.py": "cli/test_channels.py",
    "run/admin_commands.py": "run/test_admin_client.py",
    "run/command_visits.py": "cli/test_outlets.py",
    "run/demo/*.py": "run/test_demo.py",
}
"""Tried as users do: the command is run, and what it prints and leaves is looked at."""

PARTS = {
    "alert_view.py": "channels/test_mail_message.py",
    "alerts/digest_words.py": "channels/test_mail_message.py",
    "alerts/message_content.py": "alerts/test_story_view.py",
    "alerts/planning/*.py": "alerts/test_planning.py",
    "alerts/sample_alert.py": "channels/test_mail_message.py",
    "articles/language_data.py": "articles/test_language.py",
    "articles/wall_phrases.py": "articles/test_walls.py",
    "channels/channel.py": "channels/test_mail_message.py",
    "channels/http_endpoint.py": "channels/test_webhook.py",
    "channels/layout.py": "channels/test_mail_looks.py",
    "config/addresses.py": "config/test_outlet_entries.py",
    "config/new_access.py": "cli/test_add_with_access.py",
    "config/article_keys.py": "config/test_mistakes.py",
    "config/blanks.py": "config/test_fuzz.py",
    "config/build_config.py": "config/test_load.py",
    "config/codes.py": "config/test_mistakes.py",
    "config/config.py": "config/test_routes.py",
    "config/cross_file_problems.py": "config/test_mistakes.py",
    "config/form_lookup.py": "config/test_forms_cache.py",
    "config/header_fields.py": "config/test_site_access.py",
    "config/key_types.py": "config/test_schema.py",
    "config/login_keys.py": "config/test_site_access.py",
    "config/model_errors.py": "config/test_mistakes.py",
    "config/models.py": "config/test_docs.py",
    "config/people_entries.py": "config/test_mistakes.py",
    "config/query_checks.py": "config/test_mistakes.py",
    "config/rule.py": "config/test_routes.py",
    "config/rule_entries.py": "config/test_mistakes.py",
    "config/safe_write.py": "cli/test_rules.py",
    "config/scalars.py": "config/test_values.py",
    "config/vocabulary.py": "config/test_mistakes.py",
    "query/build*.py": "query/test_compiled.py",
    "query/date_range.py": "query/test_facts.py",
    "query/diagnostics.py": "query/test_failures.py",
    "query/document.py": "query/test_names.py",
    "query/format.py": "query/test_parser.py",
    "query/hits.py": "query/test_compiled.py",
    "query/lexer.py": "query/test_parser.py",
    "query/matchers.py": "query/test_against_naive.py",
    "query/mixed_operators.py": "query/test_parser.py",
    "query/positionless.py": "query/test_operators.py",
    "query/positions.py": "query/test_operators.py",
    "query/query_forms.py": "query/test_names.py",
    "query/rule_fields.py": "query/test_docs.py",
    "query/scope.py": "query/test_facts.py",
    "query/spelling_hints.py": "query/test_failures.py",
    "query/weights.py": "query/test_selectivity.py",
    "sources/element_text.py": "sources/test_entry_texts.py",
    "sources/feed_entry.py": "sources/test_syndication.py",
    "sources/html_tree.py": "sources/test_listing.py",
    "sources/box_titles.py": "sources/test_repeated_blocks.py",
    "sources/item_selectors.py": "sources/test_repeated_blocks.py",
    "sources/listing_items.py": "sources/test_listing.py",
    "sources/source_input.py": "sources/test_parse.py",
    "sources/xml_tree.py": "sources/test_syndication.py",
}
"""Parts of one parser or compiler: tried by what the whole accepts, refuses and says."""

EDGES = {
    "net/exchange.py": "net/test_redirects.py",
    "steps/login_records.py": "steps/test_outlet_login.py",
    "steps/read_login.py": "steps/test_outlet_login.py",
    "isolate/worker.py": "isolate/test_workers.py",
    "net/proxies.py": "net/test_proxy.py",
    "net/connections.py": "net/test_client.py",
    "net/request_urls.py": "net/test_redirects.py",
    "reports/rule_judge.py": "reports/test_article_history.py",
    "reports/absence_reasons.py": "reports/test_unknown_address.py",
    "reports/activity_words.py": "reports/test_activity_page.py",
    "reports/feed_condition.py": "reports/test_explanation.py",
    "reports/match_outcomes.py": "reports/test_article_history.py",
    "steps/sending_accounts.py": "steps/test_deliver_accounts.py",
    "steps/signals.py": "steps/test_work.py",
    "steps/backfill_alerts.py": "steps/test_backfill.py",
    "steps/gap_tries.py": "steps/test_gap_search.py",
    "steps/gap_records.py": "steps/test_sitemap_filling.py",
    "store/gap_filling.py": "steps/test_gaps_filled.py",
    "store/gap_sitemaps.py": "steps/test_sitemap_filling.py",
    "store/backup_records.py": "steps/test_scheduled_backups.py",
    "steps/ingest_batches.py": "steps/test_ingest.py",
    "steps/story_memory.py": "steps/test_event_stories.py",
    "steps/text_marks.py": "steps/test_story_of_page.py",
    "story_values.py": "articles/test_copies.py",
    "store/codec.py": "store/test_articles.py",
    "store/columns.py": "store/test_migrate.py",
    "store/deadline_session.py": "store/test_engine.py",
    "store/dialects.py": "store/test_migrate.py",
    "store/host_leases.py": "store/test_host_claims.py",
    "store/identities.py": "store/test_articles.py",
    "store/lease_tokens.py": "store/test_leases.py",
    "store/postgres.py": "store/test_silence.py",
    "store/story_joining.py": "store/test_text_signatures.py",
}
"""They work only with a process, a connection, a database or a running monitor, and are tried in one."""

TESTED_BY = {**TABLES, **COMMANDS, **PARTS, **EDGES}
