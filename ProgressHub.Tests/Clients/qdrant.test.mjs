// The stand-in for Qdrant that the server's tests use, checked by Qdrant's own client: what it answers here, the real one
// answers too (QDRANT_URL names the gRPC address of either).
import test from "node:test";
import assert from "node:assert/strict";
import { QdrantClient } from "@qdrant/js-client-grpc";

const url = process.env.QDRANT_URL;
assert.ok(url, "QDRANT_URL names the server to check.");
const connect = apiKey => new QdrantClient({ url, apiKey, checkCompatibility: false });
const client = connect(process.env.QDRANT_KEY);
const collections = client.api("collections");
const points = client.api("points");

const cosine = { config: { case: "params", value: { size: 4n, distance: 1 } } };
const dense = data => ({ vectorsOptions: { case: "vector", value: { vector: { case: "dense", value: { data } } } } });
const id = num => ({ pointIdOptions: { case: "num", value: num } });
const text = kind => ({ kind: { case: "stringValue", value: kind } });
const filter = value => ({
  must: [{ conditionOneOf: { case: "field", value: { key: "tenant", match: { matchValue: { case: "keyword", value } } } } }],
});
const nearest = data => ({ variant: { case: "nearest", value: { variant: { case: "dense", value: { data } } } } });
const create = collectionName => collections.create({ collectionName, vectorsConfig: cosine, metadata: { model: text("hashed-2") } });
const ids = found => found.map(point => Number(point.id.pointIdOptions.value));
const NOT_FOUND = 5, INVALID_ARGUMENT = 3, ALREADY_EXISTS = 6, UNAUTHENTICATED = 16;

test("a collection is made, found, described and dropped", async () => {
  const exists = async () => (await collections.collectionExists({ collectionName: "made" })).result.exists;
  assert.equal(await exists(), false);
  assert.equal((await create("made")).result, true);
  assert.equal(await exists(), true);
  assert.ok((await collections.list({})).collections.some(c => c.name === "made"));
  const { config } = (await collections.get({ collectionName: "made" })).result;
  assert.equal(config.params.vectorsConfig.config.value.size, 4n);
  assert.equal(config.metadata.model.kind.value, "hashed-2");
  await assert.rejects(create("made"), e => e.code === ALREADY_EXISTS);
  assert.equal((await collections.delete({ collectionName: "made" })).result, true);
  assert.equal(await exists(), false);
});

test("points are written, searched within a tenant, counted, scrolled and deleted", async () => {
  const collectionName = "points";
  await create(collectionName);
  const done = await points.upsert({
    collectionName,
    wait: true,
    points: [
      { id: id(1n), vectors: dense([2, 0, 0, 0]), payload: { tenant: text("a") } },
      { id: id(2n), vectors: dense([0.8, 0.6, 0, 0]), payload: { tenant: text("a") } },
      { id: id(3n), vectors: dense([1, 0, 0, 0]), payload: { tenant: text("b") } },
    ],
  });
  assert.equal(done.result.status, 2);

  const query = nearest([1, 0, 0, 0]);
  const withPayload = { selectorOptions: { case: "enable", value: true } };
  const found = (await points.query({ collectionName, query, filter: filter("a"), limit: 5n, withPayload })).result;
  assert.deepEqual(ids(found), [1, 2]);
  assert.ok(Math.abs(found[0].score - 1) < 1e-5 && Math.abs(found[1].score - 0.8) < 1e-5);
  assert.equal(found[0].payload.tenant.kind.value, "a");
  assert.equal((await points.query({ collectionName, query, scoreThreshold: 0.9, limit: 5n })).result.length, 2);

  const count = async filter => Number((await points.count({ collectionName, filter, exact: true })).result.count);
  assert.equal(await count(filter("a")), 2);
  const page = await points.scroll({ collectionName, limit: 2 });
  assert.deepEqual(ids(page.result), [1, 2]);
  assert.equal(page.nextPageOffset.pointIdOptions.value, 3n);
  const rest = await points.scroll({ collectionName, limit: 2, offset: id(3n), withVectors: withPayload });
  assert.deepEqual([ids(rest.result), rest.nextPageOffset], [[3], undefined]);
  assert.deepEqual(rest.result[0].vectors.vectorsOptions.value.vector.value.data, [1, 0, 0, 0]);

  const both = { must: [...filter("a").must, { conditionOneOf: { case: "hasId", value: { hasId: [id(1n), id(3n)] } } }] };
  await points.delete({ collectionName, wait: true, points: { pointsSelectorOneOf: { case: "filter", value: both } } });
  assert.equal(await count(), 2);
  await points.delete({ collectionName, wait: true, points: { pointsSelectorOneOf: { case: "points", value: { ids: [id(2n)] } } } });
  assert.deepEqual(ids((await points.scroll({ collectionName, limit: 5 })).result), [3]);
  await collections.delete({ collectionName });
});

test("what does not fit is refused as documented", async () => {
  await create("strict");
  await assert.rejects(
    points.upsert({ collectionName: "strict", wait: true, points: [{ id: id(1n), vectors: dense([1, 2, 3]) }] }),
    e => e.code === INVALID_ARGUMENT && /expected dim: 4, got 3/.test(e.message));
  await assert.rejects(
    points.query({ collectionName: "absent", query: nearest([1, 0, 0, 0]), limit: 1n }),
    e => e.code === NOT_FOUND && /doesn't exist/.test(e.message));
  await collections.delete({ collectionName: "strict" });
  if (process.env.QDRANT_KEY)
    await assert.rejects(connect("wrong").api("collections").list({}), e => e.code === UNAUTHENTICATED);
});
