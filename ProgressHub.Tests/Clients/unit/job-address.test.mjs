import assert from "node:assert/strict";
import { test } from "node:test";
import { jobAddress } from "../../../wwwroot-assets/js/job-address.js";

const ID = "0123456789abcdef0123456789abcdef";

for (const path of [`/api/jobs/${ID}`, `/watch/${ID}`, `/jobs/${ID}`, `/api/jobs/${ID}/events?after=3`, `/jobs/${ID}/#log`]) {
  test(`${path} is the address of a job`, () => {
    const address = jobAddress(`https://hub.example:8443${path}`);

    assert.equal(address.jobId, ID);
    assert.equal(address.events, `https://hub.example:8443/api/jobs/${ID}/events`);
    assert.equal(address.hub, "https://hub.example:8443/hubs/jobs");
  });
}

test("a server may be mounted under a path", () => {
  assert.equal(jobAddress(`https://x.example/tools/hub/watch/${ID}`).snapshot, `https://x.example/tools/hub/api/jobs/${ID}`);
  assert.equal(jobAddress(ID, "https://x.example/tools/hub/").snapshot, `https://x.example/tools/hub/api/jobs/${ID}`);
});

test("an id needs to know its server", () => {
  assert.equal(jobAddress(ID.toUpperCase(), "http://localhost:5000").snapshot, `http://localhost:5000/api/jobs/${ID}`);
  assert.throws(() => jobAddress(ID), /baseUrl/);
});

test("anything else is refused", () => {
  for (const bad of ["", "letter", ID.slice(1), `ftp://x.example/jobs/${ID}`, `https://x.example/${ID}`, "https://x.example/jobs/12"]) {
    assert.throws(() => jobAddress(bad, "https://x.example"), TypeError, bad);
  }
});
