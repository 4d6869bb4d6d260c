import { duration } from "./format.js";
import { said } from "./messages.js";
import { t } from "./texts.js";

/** @typedef {import("../js/types.js").JobEvent} JobEvent */

/** Older lines go; all of them are in the export of the job's events. */
const MOST = 1000;

const LEVELS = {
  info: ["i", "Information"], success: ["✓", "Success"], warning: ["!", "Warning"], error: ["✕", "Error"],
};

/** What colours a terminal; the page shows the text alone. */
const COLOURS = /\u001b\[[0-9;:]*m/g;

/** The job's log lines, oldest first. Stays at the end while the reader is there. Drawn once a frame, however many come. */
export class LogView {
  #section = /** @type {HTMLElement} */ (document.getElementById("log-section"));
  #list = /** @type {HTMLElement} */ (document.getElementById("log"));
  /** @type {number[]} */
  #seqs = [...this.#list.children].map((line) => Number(/** @type {HTMLElement} */ (line).dataset.seq));
  /** @type {JobEvent[]} */
  #waiting = [];

  constructor() {
    this.#list.scrollTop = this.#list.scrollHeight; // the page comes with the last lines
  }

  /** @param {JobEvent} event May be older than those shown: lines are ordered by seq. */
  add(event) {
    if (this.#waiting.push(event) > 1) return;
    // A hidden tab has no frames.
    if (document.hidden) setTimeout(() => this.#draw(), 250);
    else requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    const events = this.#waiting.sort((a, b) => a.seq - b.seq).slice(-MOST);
    this.#waiting = [];
    this.#section.hidden = false;
    const atEnd = this.#list.scrollTop + this.#list.clientHeight >= this.#list.scrollHeight - 40;
    const last = this.#seqs.at(-1) ?? 0;
    const newer = events.filter(({ seq }) => seq > last);
    for (const event of events) {
      if (event.seq <= last) this.#insert(event);
    }

    const added = document.createDocumentFragment();
    newer.forEach((event) => added.append(lineOf(event)));
    this.#list.append(added);
    this.#seqs.push(...newer.map(({ seq }) => seq));
    for (; this.#seqs.length > MOST; this.#seqs.shift()) this.#list.firstElementChild?.remove();
    if (atEnd) this.#list.scrollTop = this.#list.scrollHeight;
  }

  /** @param {JobEvent} event One that comes late, or twice. */
  #insert(event) {
    const place = this.#placeOf(event.seq);
    if (this.#seqs[place - 1] === event.seq) return;
    this.#list.insertBefore(lineOf(event), this.#list.children[place] ?? null);
    this.#seqs.splice(place, 0, event.seq);
  }

  /** @param {number} seq */
  #placeOf(seq) {
    let place = this.#seqs.length;
    while (place > 0 && this.#seqs[place - 1] > seq) place--;
    return place;
  }
}

/** @param {JobEvent} event */
function lineOf({ level, message, step, totalSteps, durationMs, elapsedMs }) {
  const [glyph, name] = LEVELS[/** @type {keyof typeof LEVELS} */ (level)] ?? LEVELS.info;
  const line = document.createElement("li");
  line.dataset.level = level;
  line.append(span("icon", glyph, true), span("visually-hidden", `${t(name)}: `));
  if (step != null) line.append(span("step", totalSteps == null ? `${step}` : `${step}/${totalSteps}`));
  const text = span("text", said(message ?? "").replace(COLOURS, ""));
  text.dir = "auto";
  line.append(text);
  line.append(span("at", durationMs == null ? duration(elapsedMs) : t("took {0}", duration(durationMs))));
  return line;
}

/**
 * @param {string} className
 * @param {string} text
 * @param {boolean} [decorative]
 */
function span(className, text, decorative = false) {
  const element = document.createElement("span");
  element.className = className;
  element.textContent = text;
  if (decorative) element.setAttribute("aria-hidden", "true");
  return element;
}
