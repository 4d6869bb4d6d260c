// Takes the pictures of docs/ anew: `node eng/pictures.mjs http://localhost:5080`, against a server of its own that is fresh.
// It gives that server the jobs that are seen. The browser is Chromium (CHROMIUM says where), driven by the Playwright that the
// tests restore. The server hears with PocketSphinx, and asks the model below, which says one thing:
//   Inference__OpenAI__Endpoint=http://localhost:7499/v1 Inference__OpenAI__ChatModel=keeper
//   Inference__Prices__keeper__InputPerMillion=0.5 Inference__Prices__keeper__OutputPerMillion=1.5
// A second address is the link with which the first account is made on another fresh server, with Auth__Mode=Token.
import { openAsBlob, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const base = process.argv[2] ?? "http://localhost:5080";
const setup = process.argv[3];
const sounds = "/usr/share/sounds/alsa";
const docs = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs");
const packages = path.join(process.env.NUGET_PACKAGES ?? path.join(homedir(), ".nuget/packages"), "microsoft.playwright");
const version = readdirSync(packages).sort((a, b) => a.localeCompare(b, "en", { numeric: true })).at(-1);
const { chromium } = createRequire(import.meta.url)(path.join(packages, version, ".playwright/package"));

const paragraphs = [
  "The keeper lit the old lamp before the storm.", "An old captain saw the light from his ship.",
  "The goat stood in the rain and did not move.", "Her brother painted the red boat once again.",
];

async function post(address, body, token) {
  const answer = await fetch(new URL(address, base), {
    method: "POST", body: JSON.stringify(body),
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const submit = (kind, title, input, more = {}) => post("/api/jobs", { kind, title, input, ...more });
const translation = (title, blocks, engine = "pseudo") => submit("translation", title, {
  text: Array.from({ length: blocks }, (_, i) => `${paragraphs[i % 4]} ${paragraphs[(i + 1) % 4]}`.repeat(12)).join("\n\n"), format: "plain", targetLanguage: "es", engine,
}, { tags: ["letters"] });

/** A job whose program has reported so far, and goes no further. */
async function reported(title, { lines, done, all, stages = ["reading", "writing"] }) {
  const { jobId, writeToken } = await submit("external", title, {
    heartbeatSeconds: 3600, failAfterSeconds: 7200, stages: stages.map((name, i) => ({ name, label: name[0].toUpperCase() + name.slice(1), weight: i * 2 + 1 })),
  }, { tags: ["nightly"] });
  let number = 0;
  const tell = (updates) => post(`/api/jobs/${jobId}/updates`, updates.map((update) => ({ number: ++number, ...update })), writeToken);
  await tell([{ stage: stages[0], message: "Reading files" }]);
  for (let i = 0; i < lines; i += 1000) {
    await tell(Array.from({ length: Math.min(1000, lines - i) }, (_, n) => ({
      log: { level: ["info", "info", "success", "warning"][(i + n) % 4], message: `part-${i + n + 1}.csv: ${((i + n) * 7919) % 9000 + 500} rows read` },
    })));
  }

  for (let rows = 0; rows <= done; rows += all / 40) {
    await tell([{ stage: stages.at(-1), current: rows, total: all, unit: "rows", message: "Writing rows" }]);
  }

  return jobId;
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

/** A page once everything on it has been read. */
async function open(address, { width = 1280, height = 800, colorScheme = "light" } = {}) {
  const context = await browser.newContext({ locale: "en", colorScheme, viewport: { width, height } });
  context.setDefaultTimeout(120_000);
  const page = await context.newPage();
  await page.goto(new URL(address, base).href);
  await page.locator("h1").waitFor();
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true], .mud-snackbar"));
  await page.getByText("Connecting", { exact: true }).waitFor({ state: "hidden" });
  await page.evaluate(() => document.fonts.ready);
  return page;
}

async function take(name, page) {
  await page.screenshot({ path: path.join(docs, `${name}.png`), animations: "disabled" });
  await page.context().close();
  console.log(`docs/${name}.png`);
}

const log = await reported("A log of 200,000 lines", { lines: 200_000, done: 1000, all: 4000 });
for (let i = 1; i <= 8; i++) await translation(`Letter ${i}`, 1 + (i % 3));
await submit("ask", undefined, { question: "How is the lamp lit?", collection: "lighthouse" });
await submit("ask", undefined, { question: "Which team won the cup?", collection: "lighthouse" });
await submit("analysis", undefined, { sample: "prices", question: "Average close by sector in 2024" });
const session = await post("/api/sessions", { name: "Prices", sample: "prices" });
await submit("analysis", undefined, { session: session.id, question: "What stocks have highest volatility?" });
const job = await reported("Nightly import", { lines: 60, done: 1200, all: 4000 });

let page = await open(`/analysis/${session.id}`);
await page.getByRole("row").first().waitFor();
await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
await take("session", page);
await take("job", await open(`/jobs/${job}`));
await take("phone", await open(`/jobs/${job}`, { width: 390, height: 844, colorScheme: "dark" }));
await take("watch", await open(`/watch/${job}`));
page = await open(`/jobs/${job}`);
await page.getByRole("slider").first().fill("70");
await page.getByText(/ in, .*event/).first().waitFor();
await take("moment", page);
page = await open(`/jobs/${log}?tab=log&line=123456`);
await page.getByText("part-123456.csv").waitFor();
await page.getByText("200,000 lines", { exact: true }).waitFor();
await take("log", page);
await take("engines", await open("/engines"));
page = await open("/new");
await page.getByLabel("Text to translate").fill(paragraphs.join("\n\n"));
await take("new", page);
await translation("The keeper's diary", 60);
await translation("A second diary", 40);
await take("overview", await open("/"));
await take("jobs", await open("/jobs"));

const model = createServer((request, response) => {
  const say = (choice, more) => response.write(`data: ${JSON.stringify({ id: "1", object: "chat.completion.chunk", created: 1, model: "keeper", choices: choice ? [{ index: 0, ...choice }] : [], ...more })}\n\n`);
  request.resume().on("end", () => {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    for (const word of "The lamp is lit at dusk and burns until sunrise [1]. The keeper trims the wick every four hours [2], and writes each trimming into the book.".split(/(?<= )/)) {
      say({ delta: { role: "assistant", content: word } });
    }

    say({ delta: {}, finish_reason: "stop" });
    say(null, { usage: { prompt_tokens: 505, completion_tokens: 42, total_tokens: 547 } });
    response.end("data: [DONE]\n\n");
  });
}).listen(7499);
const manual = await post("/api/collections", { name: "The keeper's manual" });
const file = await upload("The keeper's manual.pdf", pdf([
  "The light. Ships steer by it, and it may not fail in any night of the year.",
  "The lamp. The lamp is lit at dusk and burns until sunrise. In fog it burns by day too.",
  "The wick. The keeper trims the wick every four hours, and writes each trimming into the book.",
]));
await ended(await submit("ingest", undefined, { collection: manual.id, files: [file] }));
page = await open(`/jobs/${await ended(await submit("ask", undefined, {
  collection: manual.id, question: "When is the lamp lit, and how often is the wick trimmed?", engine: "openai",
}))}`);
await page.locator("li summary").first().click();
await take("answer", page);
model.close();

const form = new FormData();
form.append("kind", "transcription");
form.append("input", JSON.stringify({ engine: "pocketsphinx", grammar: "((front | rear | side) (center | left | right))+" }));
form.append("file", await spoken(["Front_Center", "Front_Left", "Rear_Right", "Side_Left"]), "loudspeakers.wav");
const heard = await ended(await (await fetch(new URL("/api/jobs", base), { method: "POST", body: form })).json());
page = await open(`/jobs/${heard}`);
await page.waitForFunction(() => document.querySelector("audio")?.readyState > 0);
await page.evaluate(() => { document.querySelector("audio").currentTime = 2; });
await page.locator("[aria-current=true]").first().waitFor();
await take("transcript", page);

if (setup) await takeAccounts();
await browser.close();

/** A job's id once it has ended. */
async function ended({ jobId }) {
  await (await fetch(new URL(`/api/jobs/${jobId}/result?wait=60`, base))).arrayBuffer();
  return jobId;
}

/** Takes a file in; returns what the server calls it. */
async function upload(name, bytes) {
  const encode = (text) => Buffer.from(text).toString("base64");
  const made = await fetch(new URL("/api/uploads", base), {
    method: "POST", body: bytes,
    headers: { "Tus-Resumable": "1.0.0", "Upload-Length": bytes.length, "Upload-Metadata": `filename ${encode(name)}`, "Content-Type": "application/offset+octet-stream" },
  });
  return made.headers.get("Location").split("/").at(-1);
}

/** A document with a line of text a page. */
function pdf(lines) {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Count ${lines.length} /Kids [${lines.map((_, i) => `${4 + 2 * i} 0 R`).join(" ")}] >>`,
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"];
  for (const line of lines) {
    const text = `BT /F1 12 Tf 60 740 Td 14 TL ${line.split(/(?<=\.) /).map((part) => `(${part}) Tj T*`).join(" ")} ET`;
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${objects.length + 2} 0 R >>`,
      `<< /Length ${text.length} >>\nstream\n${text}\nendstream`);
  }

  let whole = "%PDF-1.4\n";
  const starts = objects.map((object, i) => {
    const start = whole.length;
    whole += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return start;
  });
  const table = starts.map((start) => `${String(start).padStart(10, "0")} 00000 n \n`).join("");
  return Buffer.from(`${whole}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${whole.length}\n%%EOF`);
}

/** Recordings one after the other. All are of one kind, with their samples after 44 bytes. */
async function spoken(names) {
  const parts = await Promise.all(names.map(async (name) => Buffer.from(await (await openAsBlob(path.join(sounds, `${name}.wav`))).arrayBuffer())));
  const samples = Buffer.concat(parts.map((part) => part.subarray(44)));
  const head = Buffer.from(parts[0].subarray(0, 44));
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(samples.length, 40);
  return new Blob([head, samples], { type: "audio/wav" });
}

/** The pages of a server in which people sign in. */
async function takeAccounts() {
  const password = "a sentence of theirs";
  const context = await browser.newContext({ locale: "en", viewport: { width: 1280, height: 800 } });
  context.setDefaultTimeout(120_000);
  const own = await context.newPage();
  const name = async (text) => {
    await own.getByLabel("Name").fill(text);
    await own.getByLabel("Password").fill(password);
  };
  await own.goto(setup);
  await name("ada");
  await own.getByRole("button", { name: "Make the account" }).click();
  await own.getByTitle("ada", { exact: true }).waitFor();
  const ask = (address, body) => own.evaluate(async ([to, what]) => {
    const answer = await fetch(to, { method: "POST", body: JSON.stringify(what), headers: { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Error(`${to}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, [new URL(address, setup).href, body]);
  for (const user of ["grace", "linus"]) await ask("/api/accounts", { name: user, password });
  const { jobId: shared } = await ask("/api/jobs", { kind: "external", title: "Nightly backup of the harbour cameras", input: { heartbeatSeconds: 3600 } });
  await ask(`/api/jobs/${shared}/shares`, { account: "grace", right: "manage" });
  await own.goto(new URL("/admin?tab=audit", setup).href);
  await own.getByRole("row").nth(5).waitFor();
  await own.screenshot({ path: path.join(docs, "admin.png"), animations: "disabled" });
  await own.goto(new URL(`/jobs/${shared}`, setup).href);
  await own.getByRole("group", { name: "Actions" }).getByRole("button", { name: "Share" }).click();
  await own.getByRole("button", { name: "Make a link" }).click();
  await own.getByText("Copy the link now.").waitFor();
  await own.screenshot({ path: path.join(docs, "share.png"), animations: "disabled" });
  await context.close();
  console.log("docs/admin.png, docs/share.png");
}
