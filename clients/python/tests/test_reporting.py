from __future__ import annotations

import logging
import math
import os
import stat
import tempfile
import threading
import unittest

from progresshub import Canceled, Hub, HubError, JobLogHandler, Stage, track
from progresshub._outbox import Outbox
from stand_in import StandIn


class Reporting(unittest.TestCase):
    def setUp(self) -> None:
        self.server = self.enterContext(StandIn())
        self.hub = Hub(self.server.url)

    def test_lines_whose_answers_are_lost_are_applied_once_and_in_order(self) -> None:
        turns = iter(range(1_000))
        self.server.lose_answer = lambda path: path.endswith("/updates") and next(turns) % 2 == 0
        with self.hub.job("Lossy") as job:
            for i in range(20):
                job.log(str(i))
                if i % 7 == 0:
                    job.flush(30)
        self.assertEqual([str(i) for i in range(20)], self.server.lines)
        self.assertEqual(("complete", {}), self.server.ended)

    def test_a_lost_answer_to_the_submission_makes_no_second_job(self) -> None:
        turns = iter(range(1_000))
        self.server.lose_answer = lambda path: path == "/api/jobs" and next(turns) == 0
        with self.hub.job("Once"):
            pass
        self.assertEqual(1, len(self.server.submitted))

    def test_of_progress_the_last_counts_and_the_end_waits_for_it(self) -> None:
        with self.hub.job("Quick", stages=[Stage("one")]) as job:
            job.stage("one")
            for i in range(10_000):
                job.update(current=i, total=10_000)
            job.result = "all"
            job.result_name = "all.txt"
        self.assertEqual(9_999, self.server.applied[-1]["current"])
        self.assertLess(len(self.server.applied), 1_000)
        self.assertEqual(("complete", {"result": {"text": "all", "fileName": "all.txt"}}), self.server.ended)

    def test_an_exception_fails_the_job_and_goes_on(self) -> None:
        with self.assertRaises(ZeroDivisionError):
            with self.hub.job("Broken"):
                1 / 0
        self.assertEqual(("fail", {"code": "program_failed", "message": "ZeroDivisionError: division by zero"}), self.server.ended)

    def test_a_canceled_job_ends_its_block(self) -> None:
        reached = False
        with self.hub.job("Canceled") as job:
            self.server.canceled = True
            with self.assertRaises(Canceled):
                job.log("one")
                job.flush(30)
            self.assertTrue(job.canceled)
            job.update(current=1)
            reached = True
        self.assertFalse(reached)
        self.assertIsNone(self.server.ended)

    def test_what_is_refused_is_told_and_the_rest_counts(self) -> None:
        with self.hub.job("Misspelt") as job:
            job.log("before")
            job.stage("unknown")
            job.log("after")
            with self.assertRaises(HubError) as refusal:
                job.flush(30)
            self.assertEqual(("unknown_stage", "stage"), (refusal.exception.code, refusal.exception.field))
            job.flush(30)
        self.assertEqual(["before", "after"], self.server.lines)

    def test_a_job_that_ended_elsewhere_is_told(self) -> None:
        job = self.hub.job("Over")
        self.server.ended = ("fail", {})
        job.log("too late")
        with self.assertRaises(HubError) as refusal:
            job.flush(30)
        self.assertEqual("job_finished", refusal.exception.code)

    def test_nor_does_a_block_end_as_if_it_had_gone_well(self) -> None:
        with self.assertRaises(HubError) as refusal:
            with self.hub.job("Over") as job:
                self.server.ended = ("fail", {})
                job.log("too late")
        self.assertEqual("job_finished", refusal.exception.code)

    def test_numbers_that_make_no_sense_are_left_out(self) -> None:
        with self.hub.job("Numbers") as job:
            job.update(current=math.nan, total=-1, fraction=7)
        self.assertEqual({"number": 1, "total": 0, "fraction": 1.0}, self.server.applied[0])

    def test_a_program_that_begins_again_goes_on_with_its_job(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "state")
            crashed = self.hub.job("Import", state_file=path)
            crashed.log("before")
            crashed.flush(30)
            mode = stat.S_IMODE(os.stat(path).st_mode)
            with self.hub.job("Import", state_file=path) as job:
                job.log("after")
            self.assertEqual((crashed.id, False, True), (job.id, crashed.resumed, job.resumed))
            self.assertFalse(os.path.exists(path))
        self.assertEqual(["before", "after"], self.server.lines)
        self.assertEqual(1, len(self.server.submitted))
        self.assertEqual(0o600, mode)

    def test_track_counts_what_is_taken(self) -> None:
        self.assertEqual(list("abc"), list(track("abc", "Letters", unit="letters", hub=self.hub)))
        self.assertEqual((3, 3, "letters"), tuple(self.server.applied[-1][name] for name in ("current", "total", "unit")))
        self.assertEqual(("complete", {}), self.server.ended)

    def test_a_loop_that_is_left_fails_its_job(self) -> None:
        for _ in track(iter("abc"), "Letters", hub=self.hub):
            break
        assert self.server.ended is not None
        self.assertEqual(("fail", "left_early"), (self.server.ended[0], self.server.ended[1]["code"]))

    def test_a_log_handler_sends_lines_with_their_levels(self) -> None:
        logger = logging.getLogger("test.progresshub")
        logger.propagate = False
        with self.hub.job("Logged") as job:
            logger.addHandler(JobLogHandler(job))
            logger.warning("%d files", 3)
            logger.debug("too fine")
        self.assertEqual([{"level": "warning", "message": "3 files"}], [u["log"] for u in self.server.applied])

    def test_what_json_can_not_say_is_told_at_once_and_harms_nothing(self) -> None:
        with self.hub.job("Objects") as job:
            with self.assertRaises(TypeError):
                job.partial(0, data=object())
            job.partial(1, data={"x": [1]})
        self.assertEqual([{"index": 1, "data": {"x": [1]}}], [u["partial"] for u in self.server.applied])

    def test_a_piece_waits_for_room(self) -> None:
        outbox = Outbox(capacity=1)
        outbox.add({"log": {"message": "full"}})
        adding = threading.Thread(target=outbox.add, args=[{"partial": {"index": 0}}], daemon=True)
        adding.start()
        self.assertEqual([{"log": {"message": "full"}}], outbox.take())
        adding.join(60)
        self.assertEqual([{"partial": {"index": 0}}], outbox.take())

    def test_lines_without_room_are_dropped_and_counted(self) -> None:
        outbox = Outbox(capacity=2)
        for i in range(5):
            outbox.add({"log": {"message": str(i)}})
        lines = [update["log"]["message"] for update in outbox.take()]
        self.assertEqual(["0", "1", "3 lines were dropped while the server was away"], lines)


if __name__ == "__main__":
    unittest.main()
