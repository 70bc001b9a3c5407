"""Inflected forms of Latin-script words from simplemma's dictionaries, turned round, and own endings beyond them."""

from __future__ import annotations


def inflections(word: str) -> dict[str, list[tuple[str, str, float]]]:
    """For each language that knows `word`: its forms as (text, source, confidence)."""
    return {}


def release() -> None:
    """Let the dictionaries go."""
