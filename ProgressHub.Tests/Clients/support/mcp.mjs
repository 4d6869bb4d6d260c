import assert from "node:assert/strict";
import { Client as SessionClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as SessionTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";

export const server = process.env.PROGRESSHUB_URL;
export const endpoint = new URL("/mcp", server);
export const protocol = "2026-07-28";
export const text = "One sentence. ".repeat(3000);
export const short = { text: "Hello world.", format: "plain", targetLanguage: "de", engine: "pseudo" };
export const long = { ...short, text, batchCharacters: 200 };
export const info = { name: "progresshub-tests", version: "1" };

export async function withSession(capabilities, run) {
  const client = new SessionClient(info, { capabilities });
  await client.connect(new SessionTransport(endpoint));
  try {
    return await run(client);
  } finally {
    await client.close();
  }
}

export async function withClient(capabilities, run) {
  const client = new Client(info, { capabilities, versionNegotiation: { mode: { pin: protocol } } });
  await client.connect(new StreamableHTTPClientTransport(endpoint));
  try {
    return await run(client);
  } finally {
    await client.close();
  }
}

export const api = async (path, options) => {
  const response = await fetch(new URL(path, server), options);
  return await response.json();
};

export const said = (result) => result.content.filter((block) => block.type === "text").map((block) => block.text).join("\n");

export async function until(condition, what) {
  for (let i = 0; i < 600; i++) {
    const value = await condition();
    if (value) return value;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`It did not happen within 30 s: ${what}`);
}

export const report = (id, token, update) => api(`/api/jobs/${id}/updates`, {
  method: "POST",
  headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
  body: JSON.stringify(update),
});

/** A program of one's own, as the tool `external` hands its job out. */
export async function startExternal(client) {
  const handed = said(await client.callTool({ name: "external", arguments: {} }));
  return { id: handed.match(/Job ([0-9a-f]{32})/)[1], token: handed.match(/Bearer ([^']+)'/)[1] };
}

/** A question over a table that can be read in two ways. */
let made = 0;
export async function ambiguous(client) {
  const uploaded = said(await client.callTool({ name: "upload_file", arguments: { name: "prices.csv", text: `symbol,open,close\nA,1,2\nB,3,${++made}\n` } }));
  return { file: uploaded.match(/Its id: ([0-9a-f]{32})/)[1], question: "What is the average price?" };
}
