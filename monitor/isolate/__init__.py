"""Run functions on hostile input in worker processes that can be killed, so that the caller survives."""

from monitor.isolate.machine import memory, processors, usual_parsers
from monitor.isolate.workers import WorkerError, Workers

__all__ = ["WorkerError", "Workers", "memory", "processors", "usual_parsers"]
