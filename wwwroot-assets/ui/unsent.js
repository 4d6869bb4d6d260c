// Nothing that is done on the page is lost in silence while its live connection is down. What is pressed then is not sent, and
// that is said; what is chosen or written is sent once the connection is back. What was sent and may not have arrived is told
// of, too. A server that was restarted no longer knows the page, which is loaded anew: the news and the texts go with it.

const most = 500_000; // characters, of all texts that go with a page
const patience = 4000; // an answer that takes longer is worth a word
const readable = 20_000; // how long news stay, unless something else is done
const key = () => `progresshub.unsent:${location.pathname}${location.search}`;

const controls = "button, a[href], [role=button], [role=menuitem], [role=option], [role=tab]";
// What the browser does by itself needs no connection.
const local = ".to-end, .skip, [popovertarget], [download], [target], [data-local], audio, .connection-notice *";
const fields = "textarea[id], input[id]:not([type]), input[id]:is([type=text], [type=search], [type=number])";

const notice = document.getElementById("connection-notice");
const text = document.getElementById("connection-text");
const words = { lost: text.textContent, ...text.dataset };

const unanswered = new Set(); // what was done, and the server has not heard of as far as is known
const unheard = new Set(); // fields that were changed since
const written = new Map(); // what was written in which field; how far a page that is loaded anew needs it
notice.popover = "manual";
let down = false;
let news = null; // "unsent", or "uncertain"
let hiding = 0;

function say(word, { spins = false, passes = false } = {}) {
  clearTimeout(hiding);
  notice.hidden = word === null;
  if (notice.matches(":popover-open")) notice.hidePopover();
  if (word !== null) notice.showPopover(); // above a dialog
  notice.dataset.news = String(!spins);
  if (word !== null && text.textContent !== words[word]) text.textContent = words[word];
  if (passes) hiding = setTimeout(() => say(null), readable);
}

/** Something is on its way. Whatever is sent after it on the same connection arrives after it. */
function track(element) {
  const action = {};
  unanswered.add(action);
  if (element) unheard.add(element);
  const slow = setTimeout(() => { if (!down && unanswered.has(action)) say("waiting", { spins: true }); }, patience);
  // After the page's own listeners have sent it.
  setTimeout(() => {
    const heard = () => {
      clearTimeout(slow);
      unanswered.delete(action);
      if (element) unheard.delete(element);
      if (unanswered.size === 0 && text.textContent === words.waiting) say(null);
    };
    try {
      globalThis.DotNet.invokeMethodAsync("ProgressHub.Web", "Hear").then(heard, () => {});
    } catch {
      // the connection has just gone
    }
  });
}

function refuse(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
  news = "unsent";
  say("unsent", { spins: true });
}

function onAction(event) {
  const acts = event.type === "submit" ? event.target : event.target.closest?.(controls);
  if (!acts || event.target.closest?.(local)) return;
  if (down) return refuse(event);
  if (event.type === "click" && acts.matches("a")) return; // leads elsewhere, and shows by itself that it did
  if (notice.dataset.news === "true") say(null);
  track(null);
}

function onChange({ type, target }) {
  if (type === "input" && target.matches?.(fields)) written.set(target.id, target);
  if (down) unheard.add(target);
  else if (type === "change") track(target);
}

/** The connection is lost. */
export function lost() {
  down = true;
  news = unanswered.size > 0 ? "uncertain" : null;
  unanswered.clear();
}

/** How long it has been lost is worth a word. */
export const tell = () => say(news === "unsent" ? "unsent" : "lost", { spins: true });

/** It is back, and the server knows the page. */
export function back() {
  down = false;
  for (const field of unheard) {
    for (const type of ["input", "change"]) if (field.isConnected) field.dispatchEvent(new Event(type, { bubbles: true }));
  }

  unheard.clear();
  report(news);
}

function report(kind) {
  say(kind === "unsent" ? "unsentBack" : kind === "uncertain" ? "uncertain" : null, { passes: kind !== null });
  news = null;
}

/** The server does not know the page any more. What is loaded in its place is to say what was not sent, and to have what was written. */
export function leave() {
  const texts = {};
  let room = most;
  for (const [id, field] of written) {
    if (!field.isConnected || !field.value || field.closest("[data-draft]") || field.value.length > room) continue;
    room -= field.value.length;
    texts[id] = field.value;
  }

  try {
    if (news || Object.keys(texts).length) sessionStorage.setItem(key(), JSON.stringify({ news, texts }));
  } catch {
    // storage is off or full
  }
}

/** What the page before this one has left. */
function arrive() {
  let left;
  try {
    left = JSON.parse(sessionStorage.getItem(key()) ?? "null");
    sessionStorage.removeItem(key());
  } catch {
    return; // storage is off, or not ours
  }

  if (!left) return;
  const texts = new Map(Object.entries(left.texts));
  const put = () => {
    if (left.news && document.querySelector(".shell h1")) {
      report(left.news);
      left.news = null;
    }

    for (const [id, value] of texts) {
      const field = document.getElementById(id);
      if (!field?.matches(fields)) continue;
      texts.delete(id);
      field.value = value;
      for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    }

    if (texts.size === 0 && !left.news) seen.disconnect();
  };
  const seen = new MutationObserver(put);
  seen.observe(document.body, { childList: true, subtree: true });
  put();
}

for (const type of ["click", "submit"]) window.addEventListener(type, onAction, true);
for (const type of ["input", "change"]) window.addEventListener(type, onChange, true);
arrive();
