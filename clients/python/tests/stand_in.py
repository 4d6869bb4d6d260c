"""A stand-in for the server, which breaks on demand."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

JOB = "5f0c0123456789abcdef0123456789ab"


class StandIn:
    """Takes reports as the server does: a number that is not above the last one applied is answered, and not applied."""

    def __init__(self) -> None:
        self.applied: list[dict[str, Any]] = []
        self.number = 0
        self.submitted: list[str] = []
        self.ended: tuple[str, Any] | None = None
        self.canceled = False
        self.lose_answer: Callable[[str], bool] = lambda path: False
        self.streams: list[bytes] = []
        self.asked: list[str] = []
        self.lock = threading.Lock()
        stand_in = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                with stand_in.lock:
                    status, answer = stand_in.take(self.path, json.loads(body), self.headers)
                    lost = stand_in.lose_answer(self.path)
                if lost:
                    self.close_connection = True
                    self.connection.close()
                    return
                self.say(status, json.dumps(answer).encode(), "application/json")

            def do_GET(self) -> None:
                with stand_in.lock:
                    stand_in.asked.append(self.path)
                    stream = stand_in.streams.pop(0) if stand_in.streams else None
                if "/events" not in self.path:
                    self.say(200, json.dumps({"jobId": JOB, "state": "succeeded", "seq": 4}).encode(), "application/json")
                elif stream is None:
                    self.send_response(204)
                    self.end_headers()
                else:
                    self.say(200, stream, "text/event-stream")

            def say(self, status: int, body: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def take(self, path: str, body: Any, headers: Any) -> tuple[int, Any]:
        if path == "/api/jobs":
            if headers["Idempotency-Key"] not in self.submitted:
                self.submitted.append(headers["Idempotency-Key"])
            return 202, {"jobId": JOB, "writeToken": "token"}
        if headers["Authorization"] != "Bearer token":
            return 403, {"code": "wrong_token"}
        if path.endswith(("/complete", "/fail")):
            self.ended = (path.rsplit("/", 1)[1], body)
        elif self.ended is not None:
            return 409, {"code": "job_finished", "detail": "The job has ended."}
        elif not self.canceled:
            updates = body if isinstance(body, list) else [body]
            if any(update.get("stage") == "unknown" for update in updates):
                return 422, {"code": "unknown_stage", "property": "stage"}
            for update in updates:
                if update.get("number", self.number + 1) > self.number:
                    self.number = update.get("number", self.number)
                    if "heartbeat" not in update:
                        self.applied.append(update)
        return 200, {"seq": len(self.applied), "number": self.number or None, "cancelRequested": self.canceled, "state": "running"}

    @property
    def lines(self) -> list[str]:
        return [update["log"]["message"] for update in self.applied if "log" in update]

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()
