// The stand-in for Qdrant that the server's tests use, checked by Qdrant's own client: what it answers here, the real one
// answers too (QDRANT_URL names either).
import test from "node:test";
import assert from "node:assert/strict";
import { QdrantClient } from "@qdrant/js-client-rest";

const url = process.env.QDRANT_URL;
assert.ok(url, "QDRANT_URL names the server to check.");
const client = new QdrantClient({ url, apiKey: process.env.QDRANT_KEY, checkCompatibility: false });
const filter = value => ({ must: [{ key: "tenant", match: { value } }] });

test("a collection is made, found and dropped", async () => {
  assert.deepEqual(await client.collectionExists("made"), { exists: false });
  assert.equal(await client.createCollection("made", { vectors: { size: 4, distance: "Cosine" } }), true);
  assert.deepEqual(await client.collectionExists("made"), { exists: true });
  assert.ok((await client.getCollections()).collections.some(c => c.name === "made"));
  await assert.rejects(client.createCollection("made", { vectors: { size: 4, distance: "Cosine" } }), e => e.status === 409);
  assert.equal(await client.deleteCollection("made"), true);
  assert.deepEqual(await client.collectionExists("made"), { exists: false });
});

test("points are written, searched within a tenant, counted, scrolled and deleted", async () => {
  await client.createCollection("points", { vectors: { size: 4, distance: "Cosine" } });
  assert.equal((await client.createPayloadIndex("points", { field_name: "tenant", field_schema: "keyword", wait: true })).status, "completed");
  const done = await client.upsert("points", {
    wait: true,
    points: [
      { id: 1, vector: [2, 0, 0, 0], payload: { tenant: "a" } },
      { id: 2, vector: [0.8, 0.6, 0, 0], payload: { tenant: "a" } },
      { id: 3, vector: [1, 0, 0, 0], payload: { tenant: "b" } },
    ],
  });
  assert.equal(done.status, "completed");

  const found = await client.query("points", { query: [1, 0, 0, 0], filter: filter("a"), limit: 5, with_payload: true });
  assert.deepEqual(found.points.map(p => p.id), [1, 2]);
  assert.ok(Math.abs(found.points[0].score - 1) < 1e-5 && Math.abs(found.points[1].score - 0.8) < 1e-5);
  assert.equal(found.points[0].payload.tenant, "a");
  assert.equal((await client.query("points", { query: [1, 0, 0, 0], score_threshold: 0.9, limit: 5 })).points.length, 2);

  assert.equal((await client.count("points", { filter: filter("a"), exact: true })).count, 2);
  const page = await client.scroll("points", { limit: 2, with_payload: false, with_vector: false });
  assert.deepEqual(page.points.map(p => p.id), [1, 2]);
  assert.equal(page.next_page_offset, 3);
  const rest = await client.scroll("points", { limit: 2, offset: 3 });
  assert.deepEqual([rest.points.map(p => p.id), rest.next_page_offset ?? null], [[3], null]);

  await client.delete("points", { wait: true, filter: { must: [...filter("a").must, { has_id: [1, 3] }] } });
  assert.equal((await client.count("points", { exact: true })).count, 2);
  await client.delete("points", { wait: true, points: [2] });
  assert.deepEqual((await client.scroll("points", { limit: 5 })).points.map(p => p.id), [3]);
  await client.deleteCollection("points");
});

test("what does not fit is refused as documented", async () => {
  await client.createCollection("strict", { vectors: { size: 4, distance: "Cosine" } });
  await assert.rejects(
    client.upsert("strict", { wait: true, points: [{ id: 1, vector: [1, 2, 3] }] }),
    e => e.status === 400 && /expected dim: 4, got 3/.test(JSON.stringify(e.data)));
  await assert.rejects(
    client.query("absent", { query: [1, 0, 0, 0], limit: 1 }),
    e => e.status === 404 && /doesn't exist/.test(JSON.stringify(e.data)));
  await client.deleteCollection("strict");
  if (process.env.QDRANT_KEY) {
    const stranger = new QdrantClient({ url, apiKey: "wrong", checkCompatibility: false });
    await assert.rejects(stranger.getCollections(), e => e.status === 401);
  }
});
