"""What a program remembers of its job while it runs."""

from __future__ import annotations

import json
import os
from typing import NamedTuple


class Ticket(NamedTuple):
    """What it takes to report for a job."""

    job_id: str
    write_token: str


class TicketFile:
    """First the key that the job is submitted with, then its ticket. Only its owner may read it."""

    def __init__(self, path: str) -> None:
        self._path = path

    def read(self) -> tuple[str | None, Ticket | None]:
        """Nothing where there is none, or none that can be read."""
        try:
            with open(self._path, encoding="utf-8") as file:
                content = json.load(file)
            ticket = content.get("ticket")
            return content["key"], None if ticket is None else Ticket(ticket["jobId"], ticket["writeToken"])
        except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
            return None, None

    def write(self, key: str, ticket: Ticket | None) -> None:
        """Written whole under another name first: a crash leaves the earlier one or this one."""
        content = {"key": key, "ticket": None if ticket is None else {"jobId": ticket.job_id, "writeToken": ticket.write_token}}
        draft = f"{self._path}.{os.urandom(8).hex()}"
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, self._path)

    def delete(self) -> None:
        try:
            os.remove(self._path)
        except FileNotFoundError:
            pass
