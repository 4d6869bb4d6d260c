// The log viewer's scrolling: stays at the end as lines come until the reader scrolls away, and goes to a row when asked.
const nearEnd = 30; // pixels; a row that is half visible counts as the end

const rowsOf = (viewer) => viewer.querySelector(".rows");
const atEnd = (rows) => rows.scrollHeight - rows.clientHeight - rows.scrollTop <= nearEnd;

/**
 * @param {HTMLElement} viewer Holds the scrolling rows (`.rows`) and the button back to the end (`.to-end`).
 * @param {boolean} follow Whether it begins at the end.
 */
export function attach(viewer, follow) {
  const rows = rowsOf(viewer);
  let height = rows.scrollHeight;
  let top = 0; // where the rows were last seen
  const set = (value) => { viewer.dataset.following = String(value); };
  const toEnd = () => {
    rows.scrollTop = rows.scrollHeight;
    top = rows.scrollTop;
  };
  // Lines that come move nothing up: only a reader does, and rows that are taken away.
  const look = () => {
    if (rows.scrollTop < top - 2 && rows.scrollHeight >= height) set(false);
    else if (atEnd(rows)) set(true);
    height = rows.scrollHeight;
    top = rows.scrollTop;
  };

  rows.addEventListener("scroll", look, { passive: true });
  viewer.querySelector(".to-end").addEventListener("click", () => {
    set(true);
    toEnd();
    rows.focus({ preventScroll: true });
  });
  new MutationObserver(() => {
    if (rows.scrollHeight === height) return;
    // The reader may have scrolled since, and the browser not told of it yet.
    if (rows.scrollTop < top - 2 && rows.scrollHeight >= height) set(false);
    height = rows.scrollHeight;
    if (viewer.dataset.following === "true") toEnd();
  }).observe(rows, { childList: true, subtree: true, attributes: true, attributeFilter: ["style"] });
  set(follow);
  if (follow) toEnd();
}

/** Scrolls to a place, in pixels from the first row, and lets go of the end. */
export function show(viewer, top) {
  const rows = rowsOf(viewer);
  viewer.dataset.following = "false";
  rows.scrollTop = Math.max(0, top - rows.clientHeight / 3);
}

/** How many columns of text fit beside the numbers and the times. */
export function columns(viewer) {
  const rows = rowsOf(viewer);
  const probe = document.createElement("span");
  probe.textContent = "0".repeat(100);
  probe.style.cssText = "position:absolute;visibility:hidden;white-space:pre";
  rows.append(probe);
  const width = probe.getBoundingClientRect().width / 100;
  probe.remove();
  const text = rows.querySelector(".row .text");
  const before = text ? text.getBoundingClientRect().left - rows.getBoundingClientRect().left + rows.scrollLeft : 160;
  return Math.floor((rows.clientWidth - before - 24) / width);
}

/** Gives the reader a file. */
export async function save(name, stream) {
  const address = URL.createObjectURL(new Blob([await stream.arrayBuffer()], { type: "text/plain;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
