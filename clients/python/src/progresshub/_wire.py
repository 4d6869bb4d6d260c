"""The shapes of the wire, and requests to the server."""

from __future__ import annotations

import email.utils
import http.client
import json
import random
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from ._errors import HubError

Json: TypeAlias = Any
"""Whatever JSON can say."""
Snapshot: TypeAlias = dict[str, Any]
"""The state of a job as of `seq`, as the server's documentation says."""
Event: TypeAlias = dict[str, Any]
"""One numbered fact about a job: `jobId`, `seq`, `at`, `type`, and what its type carries."""


LONGEST_PAUSE = 15.0


def pause_after(failures: int, error: HubError | None = None) -> float:
    """Exponential backoff with full jitter, in seconds; what the server asks for goes first."""
    if error is not None and error.retry_after is not None:
        return min(error.retry_after, 3600.0) + random.uniform(0, 0.5)
    return random.uniform(0, min(LONGEST_PAUSE, 0.5 * 2.0 ** min(max(failures - 1, 0), 10)))


class Wire:
    """Requests to one server, each with its token and its time limit."""

    def __init__(self, url: str, token: str | None, timeout: float) -> None:
        if not url.startswith(("http://", "https://")):
            raise ValueError(f"'{url}' is no http or https address.")
        self.url = url.rstrip("/")
        self.timeout = timeout
        self._token = token

    def open(
        self,
        path: str,
        *,
        body: Json = None,
        method: str | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> http.client.HTTPResponse:
        """One request; the caller reads the answer and closes it. Raises HubError."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Accept": "application/json"} | dict(headers or {}), method=method)
        if data is not None:
            request.add_header("Content-Type", "application/json")
        if (bearer := token or self._token) is not None:
            request.add_header("Authorization", f"Bearer {bearer}")
        try:
            answer: http.client.HTTPResponse = urllib.request.urlopen(request, timeout=timeout or self.timeout)
            return answer
        except urllib.error.HTTPError as refusal:
            with refusal:
                raise problem_of(refusal) from None
        except (OSError, http.client.HTTPException) as failure:
            raise HubError("unreachable", f"The server could not be reached: {failure}") from failure

    def ask(self, path: str, **request: Any) -> Json:
        """One request with a JSON answer (None where it is empty). Raises HubError."""
        with self.open(path, **request) as answer:
            try:
                text = answer.read()
                return json.loads(text) if text else None
            except ValueError:
                raise HubError("invalid_answer", "The server's answer is no JSON.", status=answer.status) from None
            except (OSError, http.client.HTTPException) as failure:
                raise HubError("unreachable", f"The answer was cut: {failure}") from failure


def problem_of(refusal: urllib.error.HTTPError) -> HubError:
    """Reads an error answer (RFC 9457, or anything else)."""
    try:
        problem = json.loads(refusal.read())
    except (ValueError, OSError, http.client.HTTPException):
        problem = None
    if not isinstance(problem, dict):
        problem = {}
    return HubError(
        problem.get("code") or f"http_{refusal.code}",
        problem.get("detail") or problem.get("title") or f"The server answered {refusal.code}.",
        status=refusal.code,
        field=problem.get("property"),
        retry_after=_retry_after(refusal.headers.get("Retry-After")),
    )


def _retry_after(value: str | None) -> float | None:
    """Seconds, or a date (RFC 9110, section 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def again(ask: Callable[[], Json], wait: Callable[[float], bool], tries: int | None = None) -> Json:
    """Asks until there is an answer that a later try would not change. `wait` is true once it is no use any more."""
    failures = 0
    while True:
        try:
            return ask()
        except HubError as error:
            failures += 1
            if not error.is_transient or failures == tries or wait(pause_after(failures, error)):
                raise
