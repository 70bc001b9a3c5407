"""Killable worker processes for hostile bytes: arguments in, results or errors out, the caller always lives on."""

from monitor.isolate.workers import WorkerError, Workers

__all__ = ["WorkerError", "Workers"]
