"""A ProgressHub server."""

from __future__ import annotations

import http.client
import json
import os
import time
import urllib.parse
import uuid
from collections.abc import Iterator, Sequence

from ._errors import HubError
from ._job import Job, Stage, begin
from ._sse import messages
from ._wire import Event, Json, Snapshot, Wire, again, pause_after

SILENCE = 40.0
"""How many seconds an open stream may be silent; the server breaks a silence every 15 s."""


class Hub:
    """A ProgressHub server. Safe to use from several threads."""

    def __init__(self, url: str | None = None, *, token: str | None = None, timeout: float = 30) -> None:
        """`url` and `token` are PROGRESSHUB_URL (or http://localhost:5080) and PROGRESSHUB_TOKEN where they are missing."""
        self._wire = Wire(
            url or os.environ.get("PROGRESSHUB_URL") or "http://localhost:5080",
            token or os.environ.get("PROGRESSHUB_TOKEN"),
            timeout,
        )

    def job(
        self,
        title: str,
        *,
        stages: Sequence[Stage | str] = (),
        tags: Sequence[str] = (),
        heartbeat: float = 60,
        state_file: str | None = None,
    ) -> Job:
        """Begins a job of the program's own work; use it in a `with`.

        `heartbeat`: seconds of silence that mark it stalled (signs of life go out by themselves). `state_file` remembers
        the job until it has ended, so that a program that crashed and begins again goes on with it.
        """
        return begin(self._wire, title, stages, tags, heartbeat, state_file)

    def submit(
        self, kind: str, input: Json, *, title: str | None = None, tags: Sequence[str] = (), idempotency_key: str | None = None
    ) -> Snapshot:
        """Submits a job; sent again after a lost answer, it is still one job."""
        body = {"kind": kind, "input": input} | ({"title": title} if title else {}) | ({"tags": list(tags)} if tags else {})
        headers = {"Idempotency-Key": idempotency_key or uuid.uuid4().hex}
        receipt: Snapshot = again(lambda: self._wire.ask("/api/jobs", body=body, headers=headers), _sleep, tries=6)
        return receipt

    def get(self, job_id: str) -> Snapshot:
        """Where a job stands."""
        snapshot: Snapshot = self._wire.ask(_path(job_id))
        return snapshot

    def list(self, *, kind: str | None = None, state: str | None = None, tag: str | None = None, q: str | None = None) -> Iterator[Snapshot]:
        """Your jobs, newest first; asks for further pages as it is read."""
        query = {"kind": kind, "state": state, "tag": tag, "q": q}
        given = {name: value for name, value in query.items() if value is not None}
        cursor = None
        while True:
            page = self._wire.ask("/api/jobs?" + urllib.parse.urlencode(given | ({"cursor": cursor} if cursor else {})))
            yield from page["jobs"]
            if (cursor := page.get("next")) is None:
                return

    def cancel(self, job_id: str) -> Snapshot:
        """Asks for a job's end."""
        snapshot: Snapshot = self._wire.ask(f"{_path(job_id)}/cancel", method="POST")
        return snapshot

    def retry(self, job_id: str, *, failed_items: bool = False) -> Snapshot:
        """Retries a finished job, as a new job."""
        scope = "failed-items" if failed_items else "all"
        snapshot: Snapshot = self._wire.ask(f"{_path(job_id)}/retry", body={"scope": scope})
        return snapshot

    def answer(self, job_id: str, request_id: str, answer: str) -> None:
        """Answers the question that a job waits with (`pendingInput`)."""
        self._wire.ask(f"{_path(job_id)}/answers", body={"requestId": request_id, "answer": answer})

    def tag(self, job_id: str, *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> Snapshot:
        """Gives a job tags and takes some from it, wherever it stands."""
        snapshot: Snapshot = self._wire.ask(f"{_path(job_id)}/tags", body={"add": list(add), "remove": list(remove)})
        return snapshot

    def result(self, job_id: str, *, accept: str = "*/*") -> bytes:
        """A job's result."""
        with self._wire.open(f"{_path(job_id)}/result", headers={"Accept": accept}) as answer:
            return answer.read()

    def wait(self, job_id: str) -> Snapshot:
        """Waits for a job's end; returns its last state."""
        for _ in self.watch(job_id):
            pass
        return self.get(job_id)

    def watch(self, job_id: str, *, after: int | None = None) -> Iterator[Event]:
        """The events of a job until it ends, each exactly once and in order, across lost connections and restarts.

        The first item is the present state, with `type` `snapshot`. `after` resumes after that `seq`; 0 replays from the
        start. Raises HubError where no later try can help: not allowed, unknown, purged.
        """
        cursor, told, failures = after, False, 0
        while True:
            pause, error = None, None
            try:
                headers = {"Accept": "text/event-stream"}
                query = "" if cursor is None else f"?after={cursor}"
                with self._wire.open(f"{_path(job_id)}/events{query}", headers=headers, timeout=SILENCE) as stream:
                    if stream.status == 204:
                        if not told:
                            yield {"type": "snapshot"} | self.get(job_id)
                        return
                    for message in messages(stream):
                        if message.retry is not None:
                            pause = message.retry
                            continue
                        if message.type == "heartbeat":
                            continue
                        event: Event = json.loads(message.data)
                        if message.type == "snapshot":
                            pause = None
                            if cursor is None:
                                # The last event of a job that has ended is still to come.
                                cursor = event["seq"] - (event["state"] in ("succeeded", "failed", "canceled"))
                            if not told:
                                told = True
                                yield {"type": "snapshot"} | event
                        elif event["seq"] > (cursor or 0):
                            pause, failures, cursor = None, 0, event["seq"]
                            yield event
                            if event["type"] == "done":
                                return
            except HubError as refusal:
                if not refusal.is_transient:
                    raise
                error = refusal
            except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
                pass  # The stream was cut, or holds what is no event: it is asked for again.
            failures += 1
            time.sleep(pause if pause is not None else pause_after(failures, error))


def _path(job_id: str) -> str:
    return f"/api/jobs/{urllib.parse.quote(job_id, safe='')}"


def _sleep(seconds: float) -> bool:
    time.sleep(seconds)
    return False
