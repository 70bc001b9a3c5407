"""Run functions on hostile input in worker processes that can be killed, so that the caller survives."""

from monitor.isolate.workers import WorkerError, Workers

__all__ = ["WorkerError", "Workers"]
