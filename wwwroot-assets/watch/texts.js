/** The texts of the page in the language it came in, which it brings. A text is asked for by its English words. */

/** @type {Record<string, string>} None in English. */
const texts = JSON.parse(globalThis.document?.getElementById("job")?.dataset.texts || "{}");

/**
 * @param {string} text
 * @param {...(string|number)} values What stands in its places `{0}`, `{1}`, …
 */
export function t(text, ...values) {
  return filled(texts[text] ?? text, values);
}

/**
 * @param {string} text
 * @param {(string|number)[]} values
 */
export function filled(text, values) {
  return text.replace(/\{(\d)\}/g, (whole, place) => String(values[place] ?? whole));
}
