// The log viewer's scrolling: which rows are looked at, whatever their number; stays at the end as lines come until the
// reader scrolls away; goes to a row when asked. The rows themselves are the page's, a window of them at a time.
import { scaleOf } from "./log-scale.js";

const ROW = 20; // pixels; the style says the same
const NEAR_END = 30; // pixels; a row that is half visible counts as the end
const AROUND = 40; // rows that are asked for beyond what is seen
const REST = 150; // milliseconds without scrolling

/** @type {WeakMap<HTMLElement, LogScroller>} */
const scrollers = new WeakMap();

/**
 * @param {HTMLElement} element Holds the scrolling rows (`.rows`) and the button back to the end (`.to-end`).
 * @param {{invokeMethodAsync(name: string, ...args: unknown[]): Promise<void>}} page What has the rows.
 * @param {boolean} follow Whether it begins at the end.
 */
export function attach(element, page, follow) {
  scrollers.set(element, new LogScroller(element, page, follow));
}

export function detach(element) {
  scrollers.get(element)?.detach();
}

/** Scrolls so that a row is in sight, and lets go of the end. */
export function show(element, row) {
  scrollers.get(element)?.show(row);
}

/** Scrolls so that a row is the first in sight. */
export function toRow(element, row) {
  scrollers.get(element)?.toRow(row);
}

/** The first row in sight. */
export function topRow(element) {
  return scrollers.get(element)?.topRow ?? 0;
}

/** How many columns of text fit beside the numbers and the times. */
export function columns(element) {
  return scrollers.get(element)?.columns ?? 0;
}

class LogScroller {
  #element;
  #page;
  #rows;
  #space;
  #block;
  #count = 0;
  #scale = scaleOf(0, 0);
  #top = 0; // where the first pixel in sight is among all rows
  #scroll = 0; // where the browser has scrolled to
  #following = false;
  #asking = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #rest;
  #width = 0;
  #grown;
  #resized;

  constructor(element, page, follow) {
    this.#element = element;
    this.#page = page;
    this.#rows = element.querySelector(".rows");
    this.#space = element.querySelector(".space");
    this.#block = element.querySelector(".block");
    this.#set(follow);
    this.#rows.addEventListener("scroll", () => this.#onScroll(), { passive: true });
    element.querySelector(".to-end").addEventListener("click", () => {
      this.#set(true);
      this.#go(this.#scale.lastTop);
      this.#rows.focus({ preventScroll: true });
    });
    this.#grown = new MutationObserver(() => this.#layOut());
    this.#grown.observe(this.#rows, { subtree: true, attributes: true, attributeFilter: ["data-rows", "data-first", "data-count"] });
    this.#resized = new ResizeObserver(() => this.#onResize());
    this.#resized.observe(this.#rows);
    this.#layOut();
  }

  get topRow() {
    return Math.ceil(this.#top / ROW);
  }

  get columns() {
    const probe = document.createElement("span");
    probe.textContent = "0".repeat(100);
    probe.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
    this.#rows.append(probe);
    const width = probe.getBoundingClientRect().width / 100;
    probe.remove();
    const text = this.#rows.querySelector(".row .text");
    const before = text ? text.getBoundingClientRect().left - this.#rows.getBoundingClientRect().left + this.#rows.scrollLeft : 160;
    return Math.floor((this.#rows.clientWidth - before - 24) / width);
  }

  detach() {
    this.#grown.disconnect();
    this.#resized.disconnect();
    clearTimeout(this.#rest);
  }

  show(row) {
    this.#set(false);
    this.#go(row * ROW - this.#rows.clientHeight / 3);
  }

  toRow(row) {
    this.#go(row * ROW);
  }

  // There are more rows, or fewer, or others of them are here.
  #layOut() {
    const count = Number(this.#space.dataset.rows);
    if (count !== this.#count || this.#scale.space === 0) {
      this.#count = count;
      this.#scale = scaleOf(count * ROW, this.#rows.clientHeight);
      // The reader may have scrolled since, and the browser not told of it yet.
      if (this.#rows.scrollTop !== this.#scroll) this.#onScroll();
      this.#space.style.height = `${this.#scale.space}px`;
      this.#go(this.#following ? this.#scale.lastTop : this.#top);
      return;
    }
    // Other rows are here because they were asked for, or because one is to be gone to: nothing is asked for by that.
    this.#place();
  }

  #onResize() {
    this.#scale = scaleOf(this.#count * ROW, this.#rows.clientHeight);
    this.#go(this.#following ? this.#scale.lastTop : this.#top);
    if (this.#width !== 0 && this.#width !== this.#rows.clientWidth && this.#rows.clientWidth !== 0) {
      this.#page.invokeMethodAsync("OnResized", this.columns).catch(() => {});
    }
    this.#width = this.#rows.clientWidth;
  }

  #onScroll() {
    const { lastScroll, lastTop, isScaled } = this.#scale;
    const scroll = this.#rows.scrollTop;
    const moved = scroll - this.#scroll;
    if (Math.abs(moved) < 1) return;
    this.#scroll = scroll;
    // Where the space is lower than the rows, a short way is gone exactly, and a long one in proportion.
    if (scroll <= 0) this.#top = 0;
    else if (scroll >= lastScroll - 1) this.#top = lastTop;
    else if (isScaled && Math.abs(moved) < this.#rows.clientHeight) this.#top = within(this.#top + moved, lastTop);
    else this.#top = within(this.#scale.topOf(scroll), lastTop);

    // Lines that come move nothing up: only a reader does.
    if (this.#top >= lastTop - NEAR_END) this.#set(true);
    else if (moved < 0) this.#set(false);
    this.#place();
    this.#look();
    if (!isScaled) return;
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => this.#go(this.#top), REST);
  }

  #go(top) {
    this.#top = within(top, this.#scale.lastTop);
    this.#rows.scrollTop = this.#scale.scrollOf(this.#top);
    this.#scroll = this.#rows.scrollTop;
    if (!this.#scale.isScaled) this.#top = this.#scroll;
    this.#place();
    this.#look();
  }

  #place() {
    this.#block.style.top = `${Number(this.#block.dataset.first) * ROW - this.#top + this.#scroll}px`;
  }

  #look() {
    if (this.#asking || this.#rows.clientHeight === 0 || this.#count === 0) return;
    const first = Math.floor(this.#top / ROW);
    const last = Math.min(this.#count, first + Math.ceil(this.#rows.clientHeight / ROW) + 1);
    const held = Number(this.#block.dataset.first);
    if (first >= held && last <= held + Number(this.#block.dataset.count)) return;
    this.#ask(Math.max(0, first - AROUND), last - first + 2 * AROUND);
  }

  // One question at a time; where the reader has gone on meanwhile, the next.
  async #ask(first, count) {
    this.#asking = true;
    const asked = this.#top;
    try {
      await this.#page.invokeMethodAsync("OnLook", first, count);
    } catch {
      return; // the page is gone
    } finally {
      this.#asking = false;
    }
    if (this.#top !== asked) this.#look();
  }

  #set(following) {
    if (this.#following === following && this.#element.dataset.following) return;
    this.#following = following;
    this.#element.dataset.following = String(following);
    this.#page.invokeMethodAsync("OnFollow", following).catch(() => {});
  }
}

const within = (value, most) => Math.max(0, Math.min(value, most));

/** Gives the reader a file. */
export async function save(name, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
