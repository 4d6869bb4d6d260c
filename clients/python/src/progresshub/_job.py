"""A program's own work, shown as a job."""

from __future__ import annotations

import json
import math
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from ._errors import Canceled, HubError
from ._outbox import Outbox
from ._ticket import Ticket, TicketFile
from ._wire import Json, Wire, again

INTERVAL = 0.1
CANCEL_INTERVAL = 5.0
UNDER_WAY = 1_000
"""The most updates that an earlier run of the program may have had under way: our numbers begin above theirs."""


@dataclass(frozen=True)
class Stage:
    """A stage of the work: its name, what a person reads, and its share against those of the others."""

    name: str
    label: str | None = None
    weight: float = 1


class Job:
    """Reporting never waits for the network: updates are numbered, sent in batches by a thread of their own, and sent
    again until the server has them on disk, across a crash of either side.

    In a `with`, the job ends with the block: well with `result`, or as failed with the exception that left it.
    """

    def __init__(self, wire: Wire, ticket: Ticket, number: int, heartbeat: float, file: TicketFile | None, resumed: bool) -> None:
        self.id = ticket.job_id
        """The job."""
        self.resumed = resumed
        """Whether an earlier run of the program has begun this job."""
        self.result: Json = None
        """Set it before the end: text, or anything that JSON can say."""
        self.result_name: str | None = None
        """What to save the result as."""
        self._wire, self._ticket, self._number, self._file = wire, ticket, number, file
        self._outbox = Outbox()
        self._over = threading.Event()
        self._canceled = threading.Event()
        self._refusal: HubError | None = None
        self._ended: HubError | None = None
        self._beat = min(heartbeat / 3, CANCEL_INTERVAL)
        self._sender = threading.Thread(target=self._send, name=f"job {self.id}", daemon=True)
        self._sender.start()

    @property
    def canceled(self) -> bool:
        """Whether somebody canceled the job; `update`, `stage`, `log` and `partial` raise `Canceled` then."""
        return self._canceled.is_set()

    def update(
        self,
        *,
        current: float | None = None,
        total: float | None = None,
        fraction: float | None = None,
        unit: str | None = None,
        message: str | None = None,
        stage: str | None = None,
    ) -> None:
        """Says how far the present stage is; of many, the last one counts. `stage` begins one."""
        given = {
            "stage": stage, "current": _number(current), "total": _number(total),
            "fraction": None if fraction is None or not math.isfinite(fraction) else min(max(fraction, 0.0), 1.0),
            "unit": unit, "message": message,
        }
        self._add({name: value for name, value in given.items() if value is not None})

    def stage(self, name: str) -> None:
        """Begins a stage."""
        self._add({"stage": name})

    def log(self, message: str, *, level: str = "info", step: int | None = None, total_steps: int | None = None) -> None:
        """Adds a line to the job's log; `level` is info, success, warning or error."""
        line = {"level": level, "message": message, "step": step, "totalSteps": total_steps}
        self._add({"log": {name: value for name, value in line.items() if value is not None}})

    def partial(
        self, index: int, text: str | None = None, *, data: Json = None, error: str | None = None, total: int | None = None
    ) -> None:
        """Adds a piece of the result: `text` or `data`, or the `error` for which there is none."""
        piece = {"index": index, "total": total, "text": text, "data": data, "error": error}
        self._add({"partial": {name: value for name, value in piece.items() if value is not None}})

    def flush(self, timeout: float | None = None) -> None:
        """Waits until all that was reported before is on the server's disk. Raises what was refused of it."""
        self._outbox.wake()
        if not self._outbox.wait_settled(timeout):
            raise TimeoutError("The server has not taken all of it in time.")
        self._check()
        if (refusal := self._refusal) is not None:
            self._refusal = None
            raise refusal

    def complete(self, result: Json = None, *, name: str | None = None) -> None:
        """Ends the job well, after all that was reported."""
        body = {} if result is None else {"text" if isinstance(result, str) else "json": result}
        self._end("complete", {"result": body | ({"fileName": name} if name else {})} if body else {})

    def fail(self, message: str, *, code: str = "program_failed") -> None:
        """Ends the job as failed, after all that was reported."""
        self._end("fail", {"code": code, "message": message})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, failure: BaseException | None, _: TracebackType | None) -> bool:
        try:
            if kind is None and not self._over.is_set():
                self.complete(self.result, name=self.result_name)
            elif kind is not None and not self._over.is_set() and not issubclass(kind, Canceled):
                self.fail(f"{kind.__name__}: {failure}"[:1000])
        except Canceled:
            return kind is None or issubclass(kind, Canceled)
        except HubError:
            if kind is None:
                raise
        finally:
            self._over.set()
            self._outbox.wake()
        return kind is not None and issubclass(kind, Canceled)

    def _add(self, update: dict[str, Json]) -> None:
        self._check()
        json.dumps(update)  # What JSON can't say is the caller's mistake, and is told here.
        if update and not self._over.is_set():
            self._outbox.add(update)
            self._check()

    def _check(self) -> None:
        if self._canceled.is_set():
            raise Canceled
        if self._ended is not None:
            raise self._ended

    def _end(self, how: str, body: Json) -> None:
        self._outbox.wake()
        self._outbox.wait_settled(None)
        self._check()
        self._again(how, body)
        self._over.set()
        self._outbox.wake()
        if self._file is not None:
            self._file.delete()

    def _send(self) -> None:
        try:
            while not self._over.is_set():
                self._outbox.wait(self._beat)
                if self._over.is_set():
                    return
                batch = self._outbox.take()
                numbered = [{"number": number, **update} for number, update in enumerate(batch, self._number + 1)]
                self._number += len(numbered)
                if self._deliver(numbered or [{"heartbeat": True}])["cancelRequested"]:
                    self._canceled.set()
                    raise HubError("canceled", "The job was canceled.")
                self._outbox.settle()
                self._over.wait(INTERVAL)
        except Exception as ended:
            # Nobody may wait for a thread that is gone.
            self._ended = ended if isinstance(ended, HubError) else HubError("client_failed", f"The client could not report: {ended}")
            if self._file is not None:
                self._file.delete()
            while self._outbox.take():
                pass
            self._outbox.settle()

    def _deliver(self, batch: list[dict[str, Json]]) -> Json:
        """A refused list is refused as a whole: halves find the one that is at fault, and the rest counts."""
        try:
            return self._again("updates", batch)
        except HubError as refusal:
            if refusal.is_transient or refusal.is_final:
                raise
            if len(batch) > 1:
                half = len(batch) // 2
                self._deliver(batch[:half])
                return self._deliver(batch[half:])
            self._refusal = refusal
            return self._deliver([{"heartbeat": True}])

    def _again(self, what: str, body: Json) -> Json:
        path = f"/api/jobs/{self.id}/{what}"
        return again(lambda: self._wire.ask(path, body=body, token=self._ticket.write_token), self._over.wait)


def begin(
    wire: Wire, title: str, stages: Sequence[Stage | str], tags: Sequence[str], heartbeat: float, state_file: str | None
) -> Job:
    """Begins a job, or goes on with the one in the state file."""
    file = None if state_file is None else TicketFile(os.fspath(state_file))
    key, ticket = file.read() if file is not None else (None, None)
    if ticket is not None:
        path, token = f"/api/jobs/{ticket.job_id}/updates", ticket.write_token
        try:
            answer = again(lambda: wire.ask(path, body={"heartbeat": True}, token=token), threading.Event().wait)
            if not answer["cancelRequested"]:
                return Job(wire, ticket, (answer.get("number") or 0) + UNDER_WAY, heartbeat, file, resumed=True)
        except HubError as over:
            if not over.is_final:
                raise
        key = None

    plan: dict[str, Json] = {"heartbeatSeconds": math.ceil(heartbeat)}
    if stages:
        named = [stage if isinstance(stage, Stage) else Stage(stage) for stage in stages]
        plan["stages"] = [{"name": s.name, "label": s.label or s.name, "weight": s.weight} for s in named]
    body: dict[str, Json] = {"kind": "external", "title": title, "input": plan} | ({"tags": list(tags)} if tags else {})
    fresh, receipt = _submit(wire, body, key, file)
    begun = Ticket(receipt["jobId"], receipt["writeToken"])
    if file is not None:
        file.write(fresh, begun)
    return Job(wire, begun, 0, heartbeat, file, resumed=False)


def _submit(wire: Wire, body: Json, key: str | None, file: TicketFile | None) -> tuple[str, Json]:
    """The key is remembered before anything is asked: a crash in between makes no second job."""
    while True:
        sent = key or os.urandom(16).hex()
        if file is not None:
            file.write(sent, None)
        try:
            return sent, again(
                lambda: wire.ask("/api/jobs", body=body, headers={"Idempotency-Key": sent}), threading.Event().wait, tries=6
            )
        except HubError as refusal:
            if refusal.code != "idempotency_key_reused" or key is None:
                raise
            key = None


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else max(value, 0)
