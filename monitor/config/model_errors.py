"""Translate pydantic's errors into messages and hints for the person who wrote the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from monitor.config.values import kind_of, list_meant, quoted
from monitor.text.similar_names import did_you_mean

Loc = tuple[str | int, ...]

_EXPECTED = {
    "string_type": "text",
    "bool_parsing": "yes or no",
    "int_parsing": "a whole number",
    "int_type": "a whole number",
    "float_parsing": "a number",
    "float_type": "a number",
    "list_type": "a list",
    "tuple_type": "a list",
    "dict_type": "a mapping (key: value)",
    "mapping_type": "a mapping (key: value)",
    "model_type": "a mapping (key: value)",
    "model_attributes_type": "a mapping (key: value)",
    "path_type": "the name of a file",
}

_MEANT_KEYS = {
    "image": "picture",
    "img": "picture",
    "author": "authors",
    "byline": "authors",
    "date": "time",
    "published": "time",
    "body": "text",
    "content": "text",
    "headline": "title",
    "url": "feed",
    "rss": "feed",
    "atom": "feed",
    "channel": "telegram",
    "lang": "language",
    "interval": "every",
    "full_text": "fulltext",
}
"""Own list of what people call a key that has another name, which its letters do not lead to."""

_BOUNDS = {"less_than_equal": "le", "less_than": "lt", "greater_than_equal": "ge", "greater_than": "gt"}
_WORDS_OF_BOUNDS = {"ge": "from", "gt": "above", "le": "up to", "lt": "below"}


def explain(model: type[BaseModel], error: Mapping[str, Any], kinds: Mapping[str, type[BaseModel]]) -> tuple[str, str]:
    """Return message and hint for one of pydantic's errors; `kinds` are the models of all files."""
    kind, loc, context = str(error["type"]), error["loc"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return _unknown_key(model, loc, kinds)
    if kind == "missing":
        return f"{quoted(str(loc[-1]))} is missing", str(context.get("hint", "")) or _described(model, loc)
    if kind in ("literal_error", "enum"):
        choices = [choice.strip("' ") for choice in str(context.get("expected", "")).replace(" or ", ",").split(",")]
        hint = did_you_mean(str(error["input"]), choices) or f"one of: {', '.join(choices)}"
        return f"{quoted(str(error['input']))} is not possible here", hint
    if kind in _BOUNDS:
        bounds = {**_bounds(model, loc), _BOUNDS[kind]: context[_BOUNDS[kind]]}
        words = ", ".join(f"{word} {bounds[key]:g}" for key, word in _WORDS_OF_BOUNDS.items() if key in bounds)
        return f"{quoted(str(error['input']))} is not possible here", f"write a number {words}"
    if kind in _EXPECTED:
        found = error["input"]
        what = quoted(found) if isinstance(found, str) and found else kind_of(found or None)
        return f"expected {_EXPECTED[kind]}, found {what}", ""
    message = str(context.get("message") or context.get("error") or error["msg"])
    list_hint = list_meant(error["input"]) if isinstance(loc[-1], int) and isinstance(error["input"], str) else ""
    return message, list_hint or str(context.get("hint", ""))


def _unknown_key(model: type[BaseModel], loc: Loc, kinds: Mapping[str, type[BaseModel]]) -> tuple[str, str]:
    key = str(loc[-1])
    valid = keys_of_model(model_at(model, loc[:-1]))
    home = next((kind for kind, other in kinds.items() if key in keys_of_model(other)), "") if len(loc) == 1 else ""
    meant = _MEANT_KEYS.get(key.lower(), "")
    nearest = did_you_mean(key, valid)
    if home:
        hint = f"that belongs in {home}.yaml"
    elif meant in valid:
        hint = f"did you mean {meant}?"
    else:
        hint = (_elsewhere(key, model, kinds) if len(loc) > 1 else "") or nearest
    return f"unknown key {quoted(key)}", hint or f"known here: {', '.join(valid)}"


def _elsewhere(key: str, model: type[BaseModel], kinds: Mapping[str, type[BaseModel]]) -> str:
    """Return a hint to the entries of another kind of file that know a key; empty where none do."""
    others = [kind for kind, other in kinds.items() if other is not model]
    home = next((f"{kind}.yaml" for kind in others if key in keys_of_model(model_at(kinds[kind], (kind, 0)))), "")
    return f"entries of {home} have that" if home else ""


def keys_of_model(model: type[BaseModel] | None) -> list[str]:
    """Return the keys of a mapping as the files spell them."""
    return [field.alias or name for name, field in model.model_fields.items()] if model else []


def list_keys(model: type[BaseModel] | None) -> set[str]:
    """Return the keys of a mapping that take several values."""
    fields = model.model_fields.items() if model else ()
    return {field.alias or name for name, field in fields if _is_list(field.annotation)}


def _is_list(annotation: Any) -> bool:
    return get_origin(annotation) is tuple or any(map(_is_list, get_args(annotation)))


def _field_at(model: type[BaseModel], loc: Loc) -> FieldInfo | None:
    """Return the field of the key that `loc` ends with, or None."""
    owner = model_at(model, loc[:-1])
    fields = owner.model_fields.items() if owner else ()
    return next((field for name, field in fields if loc[-1] in (name, field.alias)), None)


def _bounds(model: type[BaseModel], loc: Loc) -> dict[str, float]:
    """Return the least and the largest number of a key, as far as its model names them."""
    field = _field_at(model, loc)
    return {
        key: getattr(one, key)
        for one in (field.metadata if field else ())
        for key in _WORDS_OF_BOUNDS
        if hasattr(one, key)
    }


def _described(model: type[BaseModel], loc: Loc) -> str:
    """Return what a key holds; empty where its model does not say."""
    field = _field_at(model, loc)
    return (field.description or "").removesuffix(".") if field else ""


def model_at(model: type[BaseModel] | None, loc: Loc) -> type[BaseModel] | None:
    """Return the model of the mapping that `loc` leads to, or None."""
    is_name = False
    for step in loc:
        if model is None or isinstance(step, int):
            continue
        if is_name:
            # A mapping whose keys are names, like `hosts`.
            is_name = False
            continue
        field = next((f for name, f in model.model_fields.items() if step in (name, f.alias)), None)
        model = _model_in(field.annotation) if field else None
        is_name = field is not None and get_origin(field.annotation) is Mapping
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    inner = [found for part in get_args(annotation) if (found := _model_in(part))]
    return inner[0] if inner else None
