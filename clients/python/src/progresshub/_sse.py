"""Server-sent events (WHATWG HTML, section 9.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Message(NamedTuple):
    """An event of a stream, or, with no data, a wish to be left alone for `retry` seconds."""

    type: str
    data: str
    retry: float | None = None


def messages(lines: Iterable[bytes]) -> Iterator[Message]:
    """Reads the lines of a stream; one that is cut in the middle of an event never tells that event."""
    event_type, data = "", list[str]()
    for raw in lines:
        if not raw.endswith(b"\n"):
            return
        line = raw.decode("utf-8", "replace").rstrip("\r\n")
        if not line:
            if data:
                yield Message(event_type or "message", "\n".join(data))
            event_type, data = "", []
            continue
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "event":
            event_type = value
        elif name == "data":
            data.append(value)
        elif name == "retry" and value.isdigit():
            yield Message("", "", int(value) / 1000)
