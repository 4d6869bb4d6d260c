import { t } from "./texts.js";

/** @type {Record<string, string>} What the codes of failures mean, in the language of the page; none in English. */
const refusals = JSON.parse(globalThis.document?.getElementById("job")?.dataset.refusals || "{}");

/**
 * Why something failed. The server's message is in English, and may tell more than the text of its code.
 * @param {{ code?: string, message: string }} error
 */
export function refusalText({ code, message }) {
  const text = refusals[code ?? ""];
  return text ? t("{0} ({1})", text, message) : message;
}
