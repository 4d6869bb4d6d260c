"""Shows a program's work as a job on a ProgressHub server, and watches jobs live. Standard library only.

    from progresshub import Hub, job, track

    for row in track(rows, "Import", unit="rows"):
        ...

The server's address is PROGRESSHUB_URL, http://localhost:5080 where it is not set; its token PROGRESSHUB_TOKEN.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence, Sized
from typing import TypeVar

from ._errors import Canceled, HubError
from ._hub import Hub
from ._job import Job, Stage
from ._wire import Event, Json, Snapshot

__all__ = ["Canceled", "Event", "Hub", "HubError", "Job", "JobLogHandler", "Json", "Snapshot", "Stage", "job", "track"]

T = TypeVar("T")


def job(
    title: str,
    *,
    stages: Sequence[Stage | str] = (),
    tags: Sequence[str] = (),
    heartbeat: float = 60,
    state_file: str | None = None,
    hub: Hub | None = None,
) -> Job:
    """Begins a job of the program's own work; use it in a `with`. See `Hub.job`."""
    return (hub or Hub()).job(title, stages=stages, tags=tags, heartbeat=heartbeat, state_file=state_file)


def track(
    items: Iterable[T], title: str, *, total: int | None = None, unit: str | None = None, hub: Hub | None = None
) -> Iterator[T]:
    """Yields the items, and shows on the server how many there were: one job, which ends with the loop.

    A loop that is left early, or fails, ends the job as failed; a job that is canceled ends the loop with `Canceled`.
    """
    if total is None and isinstance(items, Sized):
        total = len(items)
    with job(title, hub=hub) as shown:
        shown.update(current=0, total=total, unit=unit)
        done = 0
        for item in items:
            try:
                yield item
            except GeneratorExit:
                shown.fail(f"The loop was left after {done} of its items.", code="left_early")
                raise
            done += 1
            shown.update(current=done, total=total, unit=unit)


class JobLogHandler(logging.Handler):
    """Sends what a program logs to the log of a job: `logging.getLogger().addHandler(JobLogHandler(job))`."""

    def __init__(self, job: Job, level: int = logging.INFO) -> None:
        super().__init__(level)
        self._job = job

    def emit(self, record: logging.LogRecord) -> None:
        level = "error" if record.levelno >= logging.ERROR else "warning" if record.levelno >= logging.WARNING else "info"
        try:
            self._job.log(self.format(record), level=level)
        except Canceled:
            pass  # The next update tells the program; a line of a log is no place to stop at.
        except Exception:
            self.handleError(record)
