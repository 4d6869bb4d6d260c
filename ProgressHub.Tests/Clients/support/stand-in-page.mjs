import { existsSync, readFileSync } from "node:fs";
import { percent, standing } from "../../../wwwroot-assets/watch/format.js";

const ASSETS = new URL("../../../wwwroot-assets/", import.meta.url);
const TYPES = { js: "text/javascript", css: "text/css", html: "text/html; charset=utf-8", svg: "image/svg+xml" };

/** Lets a stand-in serve the plain page of its jobs, with the scripts and styles as they are. */
export function servePages(server) {
  server.files = (path) => {
    const id = /^\/watch\/([0-9a-f]{32})$/.exec(path)?.[1];
    if (id) return server.jobs.has(id) ? { type: TYPES.html, content: pageOf(server.jobs.get(id).snapshot()) } : null;
    const file = new URL(`.${path}`, ASSETS);
    const type = TYPES[path.split(".").pop()];
    return type && file.href.startsWith(ASSETS.href) && existsSync(file) ? { type, content: readFileSync(file) } : null;
  };
}

/** Fills in the template, as the server does. */
export function pageOf(snapshot) {
  const ended = Boolean(snapshot.finishedAt);
  const values = {
    jobId: snapshot.jobId, title: snapshot.title, kind: snapshot.kind, label: snapshot.kind, state: snapshot.state,
    language: "en", refusals: "{}", texts: "{}", messages: "{}", percent: String(percent(snapshot.fraction)), message: snapshot.message ?? "", stage: snapshot.stage ?? "", elapsed: "1 s",
    standing: standing(snapshot), outcome: snapshot.outcome ?? "", lines: "", unlogged: "hidden",
  };
  const template = readFileSync(new URL("watch/watch.html", ASSETS), "utf8");
  return template.replace(/\{\{t:([^{}]+)\}\}/g, "$1").replace(/\{\{(\w+)\}\}/g, (whole, name) => {
    if (name === "refresh") return ended ? "" : '<meta http-equiv="refresh" content="5">';
    return values[name] === undefined ? whole : escape(values[name]);
  });
}

function escape(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
