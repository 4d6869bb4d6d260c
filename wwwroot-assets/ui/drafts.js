// Keeps what is being written in a form until it is submitted: a restart of the server loads the page anew.
const most = 500_000; // characters; the browser keeps some five million for all
const fields = "input[id]:not([type]), input[id][type=text], textarea[id]";
const prefix = "progresshub.draft:";
const key = () => `${prefix}${location.pathname}${location.search}`;

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(key()) ?? "{}");
  } catch {
    return {}; // storage is off, or not ours
  }
};

function write(texts) {
  try {
    if (Object.keys(texts).length) sessionStorage.setItem(key(), JSON.stringify(texts));
    else sessionStorage.removeItem(key());
  } catch {
    // storage is off or full
  }
}

/** Puts what was written into the page's form, and keeps what is written from now on. Secrets are never kept. */
export function attach() {
  const form = document.querySelector("main form");
  if (form) keep(form);
}

/** The same of any form. */
export function keep(form) {
  if (form.dataset.draft) return;
  form.dataset.draft = "kept";

  for (const [id, text] of Object.entries(read())) {
    const field = document.getElementById(id);
    if (!field || !form.contains(field) || !field.matches(fields) || field.value === text) continue;
    field.value = text;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  form.addEventListener("input", ({ target }) => {
    if (!target.matches(fields)) return;
    const texts = read();
    if (target.value && target.value.length <= most) texts[target.id] = target.value;
    else delete texts[target.id];
    delete texts[keyName(target.id)];
    write(texts);
  });
}

const keyName = (field) => `${field}#key`;

/**
 * What names what is written in a field, as long as it is not changed: sent twice under this key, because nobody knows whether
 * the first time arrived, it is done once.
 */
export function keyOf(field) {
  const texts = read();
  texts[keyName(field)] ??= [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  write(texts);
  return texts[keyName(field)];
}

/** What was written in one field was sent, and is what is kept still. */
export function sent(field, text) {
  const texts = read();
  if (texts[field]?.trim() !== text) return;
  delete texts[field];
  delete texts[keyName(field)];
  write(texts);
}

/** What was written at an address was submitted. */
export function forget(address) {
  try {
    sessionStorage.removeItem(prefix + address);
  } catch {
    // storage is off
  }
}
