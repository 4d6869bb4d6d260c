"""What the README shows."""

import os

from progresshub import Hub, Stage, job, track

STATE = os.environ.get("STATE", "import.job")

for name in track(["a.csv", "b.csv", "c.csv"], "Nightly check", unit="files"):
    print(name)

with job("Import", stages=[Stage("reading", "Reading"), Stage("writing", weight=3)], state_file=STATE) as shown:
    shown.stage("reading")
    for row in range(1, 2001):
        shown.update(current=row, total=2000, unit="rows", message=f"Row {row}")
    shown.log("No row was empty", level="success")
    shown.stage("writing")
    shown.result = {"rows": 2000}

hub = Hub()
for event in hub.watch(shown.id, after=0):
    print(event["seq"], event["type"])
