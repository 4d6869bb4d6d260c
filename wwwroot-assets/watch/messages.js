/**
 * What the built-in workloads say on their way comes from the server in English, and is shown in the language of the page by the
 * form it has: what is in its places stays as it is. What a workload of somebody's own says stays so, too.
 */
import { filled, t } from "./texts.js";

/** @type {Record<string, string>} The forms in that language; none in English, nor for a workload of somebody's own. */
const messages = JSON.parse(globalThis.document?.getElementById("job")?.dataset.messages || "{}");

/** The one that says most comes first: `{0} of {1} batches translated` before what would take anything. */
const forms = Object.keys(messages)
  .filter((form) => form.includes("{0}"))
  .map((form) => ({ form, words: form.split(/\{\d\}/) }))
  .sort((a, b) => b.words.join("").length - a.words.join("").length);

/**
 * A message in the language of the page, or as it is.
 * @param {string} message
 */
export function said(message) {
  if (forms.length === 0) return message;
  const whole = messages[message] ?? t(message);
  if (whole !== message) return whole;
  for (const { form, words } of forms) {
    const values = read(words, message);
    if (values) return filled(messages[form], values.map(reason));
  }

  // A document that failed is told by its id and the reason.
  const at = message.indexOf(": ");
  return at > 0 ? message.slice(0, at + 2) + reason(message.slice(at + 2)) : message;
}

/**
 * A sentence is why something was refused, and an engine has a name for people; whatever else fills a place is as it is.
 * @param {string} value
 */
function reason(value) {
  if (value.endsWith(".")) return messages[value] ?? value;
  const name = value.split(" (")[0]; // an engine may stand with its model
  return t(value) === value ? t(name) + value.slice(name.length) : t(value);
}

/**
 * What fills the places of a form, each with as little as it can; null where the message has another.
 * @param {string[]} words What stands between them.
 * @param {string} message
 */
function read(words, message) {
  const first = words[0];
  const last = /** @type {string} */ (words.at(-1));
  if (message.length < first.length + last.length || !message.startsWith(first) || !message.endsWith(last)) return null;
  const values = [];
  const end = message.length - last.length;
  let from = first.length;
  for (const word of words.slice(1, -1)) {
    const at = message.indexOf(word, from);
    if (at < 0 || at + word.length > end) return null;
    values.push(message.slice(from, at));
    from = at + word.length;
  }

  values.push(message.slice(from, end));
  return values;
}
