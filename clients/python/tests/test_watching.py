from __future__ import annotations

import json
import unittest
from typing import Any

from progresshub import Hub, HubError
from progresshub._sse import Message, messages
from stand_in import JOB, StandIn


def frame(kind: str, **content: Any) -> bytes:
    return f"event: {kind}\ndata: {json.dumps({'jobId': JOB, 'type': kind} | content)}\n\n".encode()


class Watching(unittest.TestCase):
    def setUp(self) -> None:
        self.server = self.enterContext(StandIn())
        self.hub = Hub(self.server.url)

    def test_a_stream_that_is_cut_is_resumed_after_the_last_event(self) -> None:
        begin = b"retry: 10\n" + frame("snapshot", seq=1, state="running")
        self.server.streams = [
            begin + frame("log", seq=2, message="one") + b"event: log\ndata: {\"seq\": 3",
            begin + frame("log", seq=2) + frame("log", seq=3) + frame("done", seq=4, state="succeeded"),
        ]
        seen = list(self.hub.watch(JOB, after=1))
        self.assertEqual([("snapshot", 1), ("log", 2), ("log", 3), ("done", 4)], [(e["type"], e["seq"]) for e in seen])
        self.assertEqual([f"/api/jobs/{JOB}/events?after=1", f"/api/jobs/{JOB}/events?after=2"], self.server.asked)

    def test_a_job_with_nothing_left_to_say_tells_its_state(self) -> None:
        self.assertEqual(["succeeded"], [event["state"] for event in self.hub.watch(JOB, after=4)])

    def test_nonsense_in_a_stream_is_asked_for_again(self) -> None:
        begin = b"retry: 10\n" + frame("snapshot", seq=1, state="running")
        self.server.streams = [begin + b"event: log\ndata: [1]\n\n", begin + frame("done", seq=2, state="failed")]
        self.assertEqual(["snapshot", "done"], [event["type"] for event in self.hub.watch(JOB)])

    def test_what_is_not_there_is_told(self) -> None:
        hub = Hub("http://127.0.0.1:9")
        with self.assertRaises(HubError) as refusal:
            hub.get(JOB)
        self.assertEqual(("unreachable", True), (refusal.exception.code, refusal.exception.is_transient))
        with self.assertRaises(ValueError):
            Hub("localhost:5080")

    def test_a_stream_is_read_as_the_standard_says(self) -> None:
        lines = [b": comment\n", b"event:a\r\n", b"data: 1\n", b"data:  2\n", b"\n", b"data\n", b"\n", b"retry: 1500\n", b"retry: x\n", b"data: cut\n"]
        self.assertEqual([Message("a", "1\n 2"), Message("message", ""), Message("", "", 1.5)], list(messages(lines)))


if __name__ == "__main__":
    unittest.main()
