/** The texts of the page in the language it came in. A text is asked for by its English words. */

const language = globalThis.document?.documentElement.lang || "en";

/** @type {Record<string, string>} */
const texts = language === "en" ? {} : (await import(`./texts.${language}.js`)).default;

/**
 * @param {string} text
 * @param {...(string|number)} values What stands in its places `{0}`, `{1}`, …
 */
export function t(text, ...values) {
  return (texts[text] ?? text).replace(/\{(\d)\}/g, (whole, place) => String(values[place] ?? whole));
}
