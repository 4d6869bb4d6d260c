import { t } from "./texts.js";

/** @typedef {import("../js/types.js").JobEvent} JobEvent */

/** What a page can hold without becoming slow; the rest is in the result. */
const MOST = 5000;

/** The pieces of the result, in the order of their index, whenever they come. */
export class PartialsView {
  #section = /** @type {HTMLElement} */ (document.getElementById("partials-section"));
  #list = /** @type {HTMLElement} */ (document.getElementById("partials"));
  #title = /** @type {HTMLElement} */ (document.getElementById("partials-title"));
  #count = /** @type {HTMLElement} */ (document.getElementById("partials-count"));
  /** @type {{index: number, seq: number, element: HTMLElement}[]} In the order of the index. */
  #pieces = [];

  /**
   * Shows a piece. A later one of the same index replaces it; an earlier one, read afterwards from the log, does not.
   * @param {JobEvent} event
   */
  add(event) {
    const place = this.#placeOf(event.index);
    const present = this.#pieces[place];
    if (present?.index === event.index) {
      if (event.seq <= present.seq) return;
      const element = elementOf(event);
      present.element.replaceWith(element);
      this.#pieces[place] = { index: event.index, seq: event.seq, element };
      return;
    }
    if (this.#pieces.length >= MOST) return;
    const element = elementOf(event);
    this.#list.insertBefore(element, present?.element ?? null);
    this.#pieces.splice(place, 0, { index: event.index, seq: event.seq, element });
    this.#section.hidden = false;
  }

  /**
   * @param {{ok: number, failed: number, total?: number|null}} counts
   * @param {boolean} complete Whether no more will come.
   */
  showCounts({ ok, failed, total }, complete) {
    this.#title.textContent = complete ? t("Results") : t("Results so far");
    const done = ok.toLocaleString("en");
    const bad = failed > 0 ? `, ${t("{0} failed", failed.toLocaleString("en"))}` : "";
    this.#count.textContent = (total == null ? done : t("{0} of {1}", done, total.toLocaleString("en"))) + bad;
  }

  /** @param {number} index The first place that holds this index or a higher one. */
  #placeOf(index) {
    let low = 0;
    let high = this.#pieces.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#pieces[middle].index < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** @param {JobEvent} event */
function elementOf({ index, ok, text, data, error }) {
  const item = document.createElement("li");
  item.value = index + 1;
  item.dataset.ok = String(ok);
  item.dir = "auto";
  if (!ok) {
    item.textContent = error ?? t("This piece failed.");
  } else if (text != null) {
    // The empty lines between two pieces belong to the text, but would only be a hole in the list.
    item.textContent = text.replace(/[\r\n]+$/, "");
  } else {
    const block = document.createElement("pre");
    block.textContent = JSON.stringify(data, null, 2);
    item.append(block);
  }
  return item;
}
