"""A model of meaning that a test makes up, in place of the process that runs the real one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from monitor.isolate import Workers


class Model(Workers):
    """Answers each text as `answer` says, once `ready` is set; `asked` are the texts in order."""

    def __init__(self, answer: Callable[[str], object]) -> None:
        super().__init__("", count=0)
        self.answer = answer
        self.asked: list[str] = []
        self.ready = asyncio.Event()
        self.ready.set()

    async def run(self, arguments: Sequence[object]) -> list[object]:
        self.asked += [str(text) for text in arguments]
        await self.ready.wait()
        return [self.answer(str(text)) for text in arguments]
