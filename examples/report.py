#!/usr/bin/env python3
"""Shows a program's work as a job on a ProgressHub server. Standard library only; copy the class.

    python3 report.py            counts to 20, as a demonstration
"""

import json
import os
import threading
import time
import urllib.error
import urllib.request

URL = os.environ.get("PROGRESSHUB_URL", "http://localhost:5080")


class Canceled(Exception):
    """Somebody canceled the job; stop."""


class Job:
    """with Job("Nightly import", stages=[{"name": "reading"}, {"name": "writing", "weight": 3}]) as job:
        job.update(stage="reading", current=1, total=20, unit="files")
        job.update(log={"level": "warning", "message": "One file was empty"})
        job.result = {"json": {"files": 20}}
    """

    def __init__(self, title, stages=None, heartbeat=60):
        self.result = None
        self._lock = threading.Lock()
        self._number = 0
        self._token = None
        self._canceled = threading.Event()
        self._ended = threading.Event()
        plan = {"heartbeatSeconds": heartbeat} | ({"stages": stages} if stages else {})
        job = self._post("", {"kind": "external", "title": title, "input": plan})
        self.id, self._token = job["jobId"], job["writeToken"]
        threading.Thread(target=self._beat, args=(heartbeat / 3,), daemon=True).start()

    def update(self, **update):
        """Reports; returns once it is on disk. Sent again after a failure, it is still applied once."""
        with self._lock:
            self._number += 1
            self._tell({"number": self._number, **update})
        if self._canceled.is_set():
            raise Canceled

    def __enter__(self):
        return self

    def __exit__(self, kind, failure, _):
        self._ended.set()
        if kind is Canceled:
            return True
        if failure is None:
            self._again(f"/{self.id}/complete", {"result": self.result} if self.result else {})
        else:
            self._again(f"/{self.id}/fail", {"message": f"{kind.__name__}: {failure}"[:1000]})
        return False

    def _beat(self, seconds):
        while not self._ended.wait(seconds):
            try:
                self._tell({"heartbeat": True})
            except (OSError, ValueError):
                pass  # The next update says what is wrong.

    def _tell(self, update):
        if self._again(f"/{self.id}/updates", update)["cancelRequested"]:
            self._canceled.set()

    def _again(self, path, body, tries=30):
        """The server may be restarting: it goes on where it was, and so do we."""
        for left in range(tries, 0, -1):
            try:
                return self._post(path, body)
            except urllib.error.HTTPError as error:
                if error.code < 500 or left == 1:
                    raise
            except OSError:
                if left == 1:
                    raise
            time.sleep(1)

    def _post(self, path, body):
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(f"{URL}/api/jobs{path}", json.dumps(body).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)


if __name__ == "__main__":
    with Job("Count to 20", stages=[{"name": "counting", "label": "Counting"}]) as job:
        print(f"{URL}/jobs/{job.id}", flush=True)
        for i in range(1, 21):
            time.sleep(float(os.environ.get("PAUSE", "0.5")))
            job.update(stage="counting", current=i, total=20, unit="numbers", message=f"Counted to {i}")
        job.result = {"text": "Counted to 20.\n", "fileName": "count.txt"}
