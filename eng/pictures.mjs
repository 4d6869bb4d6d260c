// Takes the pictures of docs/ anew: `node eng/pictures.mjs http://localhost:5080`, against a server of its own that is fresh.
// It gives that server the jobs that are seen. The browser is Chromium (CHROMIUM says where), driven by the Playwright that the
// tests restore. Not taken: what needs accounts (admin, share) or engines of one's own (answer, transcript).
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const base = process.argv[2] ?? "http://localhost:5080";
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
await browser.close();
