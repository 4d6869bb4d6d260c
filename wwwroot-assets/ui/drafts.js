// Keeps what is being filled in until it is submitted: a restart of the server loads the page anew. Secrets are never kept.
const most = 500_000; // characters; the browser keeps some five million for all
const texts = "input[id]:not([type]), input[id][type=text], textarea[id]";
const fields = `${texts}, select[id], input[id][type=checkbox], input[name][type=radio]`;
const prefix = "progresshub.draft:";
const radio = "radio:";
const submission = "#submission";
const key = () => `${prefix}${location.pathname}${location.search}`;
const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

let attached = null; // the form of the page that submits a job
let touched = false; // whether anything was done in it

const read = () => {
  try {
    return JSON.parse(sessionStorage.getItem(key()) ?? "{}");
  } catch {
    return {}; // storage is off, or not ours
  }
};

function write(kept) {
  try {
    if (Object.keys(kept).length) sessionStorage.setItem(key(), JSON.stringify(kept));
    else sessionStorage.removeItem(key());
  } catch {
    // storage is off or full
  }
}

function note(kept, field) {
  if (field.type === "radio") {
    if (field.checked) kept[radio + field.name] = field.value;
  } else if (field.type === "checkbox") {
    kept[field.id] = field.checked;
  } else if (field.matches("select") || (field.value && field.value.length <= most)) {
    kept[field.id] = field.value;
  } else {
    delete kept[field.id];
  }
}

function noteAll(form, kept = read()) {
  for (const field of form.querySelectorAll(fields)) note(kept, field);
  write(kept);
}

/**
 * Puts what was filled in into the page's form, and keeps what is filled in from now on.
 * @returns what names this draft as long as it is not known to have been submitted: sent twice under this name, because nobody
 * knows whether the first time arrived, it is done once. Null where there is no form.
 */
export function attach() {
  const form = document.querySelector("main form");
  if (!form) return null;
  keep(form);
  const name = read()[submission] ?? random();
  [attached, touched] = [form, false];
  form.addEventListener("click", ({ isTrusted }) => { touched ||= isTrusted; });
  form.addEventListener("submit", () => noteAll(form, { ...read(), [submission]: name }));
  return name;
}

// A sample or a file that was taken came from the server, not from the keyboard.
addEventListener("pagehide", () => { if (touched && attached.isConnected) noteAll(attached); });

/** The same of any form. */
export function keep(form) {
  if (form.dataset.draft) return;
  form.dataset.draft = "kept";
  restore(form);

  const onChange = ({ target }) => {
    if (!target.matches(fields)) return;
    const kept = read();
    note(kept, target);
    delete kept[keyName(target.id)];
    write(kept);
  };
  for (const type of ["input", "change"]) form.addEventListener(type, onChange);
}

// A choice may bring fields along, which have to come before anything can be put into them.
function restore(form) {
  const left = new Map(Object.entries(read()).filter(([name]) => !name.includes("#")));
  const put = () => {
    for (const [name, value] of left) {
      const field = find(form, name, value);
      if (field?.matches(fields) && set(field, value)) left.delete(name);
    }

    if (left.size === 0) seen.disconnect();
  };
  const seen = new MutationObserver(put);
  seen.observe(form, { childList: true, subtree: true });
  form.addEventListener("input", ({ isTrusted }) => { if (isTrusted) seen.disconnect(); });
  put();
}

const find = (form, name, value) => [...form.elements].find((field) =>
  name.startsWith(radio) ? field.type === "radio" && field.name === name.slice(radio.length) && field.value === value : field.id === name);

function set(field, value) {
  if (field.disabled) return false;
  const property = field.type === "radio" || field.type === "checkbox" ? "checked" : "value";
  const [before, wanted] = [field[property], field.type === "radio" || value];
  if (before === wanted) return true;
  field[property] = wanted;
  if (field[property] !== wanted) {
    field[property] = before; // not among the choices, or not yet
    return false;
  }

  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  return true;
}

const keyName = (field) => `${field}#key`;

/** The same name of what is written in one field, as long as that is not changed. */
export function keyOf(field) {
  const kept = read();
  kept[keyName(field)] ??= random();
  write(kept);
  return kept[keyName(field)];
}

/** What was written in one field was sent, and is what is kept still. */
export function sent(field, text) {
  const kept = read();
  if (kept[field]?.trim() !== text) return;
  delete kept[field];
  delete kept[keyName(field)];
  write(kept);
}

/** What was filled in at an address was submitted. */
export function forget(address) {
  touched = false;
  try {
    sessionStorage.removeItem(prefix + address);
  } catch {
    // storage is off
  }
}
