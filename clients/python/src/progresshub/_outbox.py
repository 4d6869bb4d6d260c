"""What is still to be sent, in order."""

from __future__ import annotations

import threading
from collections import deque

from ._wire import Json

CAPACITY = 10_000
MOST_UPDATES = 1_000
MOST_CHARACTERS = 256_000
PROGRESS = {"current", "total", "fraction", "unit", "message"}
NUMBERS = {"current", "total", "fraction"}


class Outbox:
    """Progress that later progress makes worthless is replaced in place; there is a bound on the rest.

    A line that finds no room is dropped, and counted in a line of its own; a piece of the result waits for room.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._capacity = capacity
        self._waiting: deque[dict[str, Json]] = deque()
        self._dropped = 0
        self._added = self._taken = self._settled = 0
        self._changed = threading.Condition()

    def add(self, update: dict[str, Json]) -> None:
        with self._changed:
            last = self._waiting[-1] if self._waiting else None
            if last is not None and last.keys() <= PROGRESS and update.keys() <= PROGRESS:
                # News of the message alone leaves the numbers as they are.
                kept = last if not update.keys() & NUMBERS else {k: v for k, v in last.items() if k == "message"}
                self._waiting[-1] = kept | update
                return
            if "log" in update and len(self._waiting) >= self._capacity:
                self._dropped += 1
                return
            if "partial" in update:
                self._changed.wait_for(lambda: len(self._waiting) < self._capacity)
            self._waiting.append(update)
            self._added += 1
            self._changed.notify_all()

    def take(self) -> list[dict[str, Json]]:
        with self._changed:
            batch: list[dict[str, Json]] = []
            size = 0
            while self._waiting and len(batch) < MOST_UPDATES:
                size += len(str(self._waiting[0]))
                if batch and size > MOST_CHARACTERS:
                    break
                batch.append(self._waiting.popleft())
            self._taken += len(batch)
            self._changed.notify_all()
            if self._dropped and not self._waiting:
                message = f"{self._dropped} lines were dropped while the server was away"
                batch.append({"log": {"level": "warning", "message": message}})
                self._dropped = 0
            return batch

    def settle(self) -> None:
        """What was taken is on the server's disk, or was refused."""
        with self._changed:
            self._settled = self._taken
            self._changed.notify_all()

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Until something waits, or somebody wakes us, or the time is over."""
        with self._changed:
            if not self._waiting:
                self._changed.wait(seconds)

    def wait_settled(self, timeout: float | None) -> bool:
        with self._changed:
            wanted = self._added
            return self._changed.wait_for(lambda: self._settled >= wanted, timeout)
