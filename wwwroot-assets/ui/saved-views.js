// The lists of jobs that the reader keeps under a name, in this browser.
const key = "progresshub.views";
const most = 20;

/** @returns {{name: string, query: string}[]} */
export function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? "[]");
    return Array.isArray(kept) ? kept.filter((view) => typeof view?.name === "string" && typeof view?.query === "string").slice(0, most) : [];
  } catch {
    return []; // storage is off, or not ours
  }
}

/** Keeps a view; one of the same name is replaced. */
export function keep(name, query) {
  return write([...read().filter((view) => view.name !== name), { name, query }].slice(-most));
}

/** Forgets a view. */
export function forget(name) {
  return write(read().filter((view) => view.name !== name));
}

function write(views) {
  try {
    localStorage.setItem(key, JSON.stringify(views));
  } catch {
    // storage is off or full
  }
  return read();
}
