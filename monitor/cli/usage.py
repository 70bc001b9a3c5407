"""Adapt help and usage errors: help without Python's types, and words that stand in the wrong place."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from typing import Any

import typer
from typer.core import TyperArgument, TyperGroup, TyperOption


class _Argument(TyperArgument):
    """An argument whose help shows its name only."""

    def display_type_rich(self, ctx: Any) -> str | None:
        return None

    def _usage_display_name(self) -> str:
        name = self.display_name_raw if self.required else f"[{self.display_name_raw}]"
        return name if self.nargs == 1 else f"{name}..."


class _Option(TyperOption):
    """An option whose help shows the name of its value; a flag has none."""

    def display_type_rich(self, ctx: Any) -> str | None:
        return None if self.is_flag else self.metavar or (self.name or "").upper()


_REPLACEMENTS: dict[type, type] = {TyperArgument: _Argument, TyperOption: _Option}


def _without_types(params: Any) -> Any:
    # The library makes them itself, and shows them as `NAME <str>`.
    for param in params:
        param.__class__ = _REPLACEMENTS.get(type(param), type(param))
    return params


class CommandGroup(TyperGroup):
    """A group of commands; an option of theirs before the command, or no group before it, is answered with the line."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words before the command."""
        if corrected := self._corrected_line(ctx, args):
            ctx.fail(f"{args[0].partition('=')[0]} goes after the command: {corrected}")
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command that the words name; a command of a group is answered with its whole line."""
        if self.get_command(ctx, args[0]) is None and (lines := list(self._lines_in_groups(ctx, args))):
            ctx.fail(f"No such command {args[0]!r}. Did you mean: {', or '.join(lines)}?")
        return super().resolve_command(ctx, args)

    def _lines_in_groups(self, ctx: Any, args: Sequence[str]) -> Iterator[str]:
        for name in self.list_commands(ctx):
            group = self.get_command(ctx, name)
            if isinstance(group, CommandGroup) and args[0] in group.list_commands(ctx):
                yield shlex.join([*ctx.command_path.split(), name, *args])

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, its help without types."""
        command = super().get_command(ctx, cmd_name)
        if command is not None:
            _without_types(command.get_params(typer.Context(command, parent=ctx)))
        return command

    def get_params(self, ctx: Any) -> Any:
        """Return the group's own options, without types."""
        return _without_types(super().get_params(ctx))

    def _corrected_line(self, ctx: Any, args: Sequence[str]) -> str:
        """Return the line with such options moved after the command, or an empty string where one is unknown."""
        own_options = {name for param in self.get_params(ctx) for name in param.opts}
        if not args or not args[0].startswith("--") or args[0].partition("=")[0] in own_options:
            return ""
        command_options = {name: param for param in self._options(ctx) for name in param.opts}
        rest, moved = list(args), []
        while rest and (option := command_options.get(rest[0].partition("=")[0])):
            count = 1 if option.is_flag or "=" in rest[0] else 2
            moved += rest[:count]
            del rest[:count]
        return shlex.join([*ctx.command_path.split(), *(rest or ["COMMAND"]), *moved]) if moved else ""

    def _options(self, ctx: Any) -> Iterator[TyperOption]:
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            yield from command._options(ctx) if isinstance(command, CommandGroup) else ()
            yield from (param for param in command.params if isinstance(param, TyperOption)) if command else ()
