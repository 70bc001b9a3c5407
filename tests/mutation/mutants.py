"""The mutants that mutmut makes of a module, without those that no test could notice."""

from __future__ import annotations

import ast
import random
from collections.abc import Sequence
from difflib import unified_diff
from typing import NamedTuple


class MutantDiff(NamedTuple):
    """A mutant: its name as mutmut knows it, and what it changes in a function."""

    name: str
    diff: str


def mutants_of(module: str, mutated: str, names: Sequence[str]) -> list[MutantDiff]:
    """Return the mutants of a module in `mutated`, which holds all functions beside their mutants.

    `module` is the dotted name, `names` are those of the functions that are mutants: `x_function__mutmut_1`.
    """
    functions = {
        node.name: node
        for node in ast.walk(ast.parse(mutated))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    lines = mutated.splitlines()
    found = []
    for name in names:
        original = functions[f"{name.rpartition('__mutmut_')[0]}__mutmut_orig"]
        mutant = functions[name]
        if _meaning(original) != _meaning(mutant):
            before, after = (lines[node.lineno : node.end_lineno] for node in (original, mutant))
            diff = list(unified_diff(before, after, lineterm="", n=0))[2:]
            found.append(MutantDiff(f"{module}.{name}", "\n".join(line for line in diff if line[:2] != "@@")))
    return found


def sample(mutants: Sequence[MutantDiff], size: int, seed: str) -> list[MutantDiff]:
    """Choose so many mutants, the same ones for the same seed; all if there are no more, or the size is 0."""
    if not 0 < size < len(mutants):
        return list(mutants)
    return random.Random(seed).sample(mutants, size)


def _meaning(function: ast.FunctionDef | ast.AsyncFunctionDef) -> str:
    return "\n".join(
        ast.dump(_WithoutWhatNobodyNotices().visit(ast.parse(ast.unparse(node)))) for node in function.body
    )


class _WithoutWhatNobodyNotices(ast.NodeTransformer):
    """Takes out what may change and nothing happens: each rule needs a reason that holds everywhere."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        if name == "zip":
            # `strict` only checks what already holds: that both are equally long.
            node.keywords = [keyword for keyword in node.keywords if keyword.arg != "strict"]
        elif name == "cast":
            # A cast is for the type checker alone.
            node.args = node.args[1:]
        elif name == "log_event":
            # The sentence of a log line is for people's eyes alone; its event, level and fields stay.
            node.args[1:2] = [ast.Constant("")]
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        # Python takes the name of an encoding in any case.
        return ast.Constant("utf-8") if node.value == "UTF-8" else node
