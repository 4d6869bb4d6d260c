import { t } from "./texts.js";

/** @typedef {import("../js/types.js").PendingInput} PendingInput */

/** The question that a job waits with: buttons where it offers answers, a field where any text will do. */
export class QuestionView {
  #section = /** @type {HTMLElement} */ (document.getElementById("question"));
  #text = /** @type {HTMLElement} */ (document.getElementById("question-text"));
  #form = /** @type {HTMLFormElement} */ (document.getElementById("answer-form"));
  #onAnswer;
  /** @type {string|null} */
  #shown = null;
  #wasHere = false;

  /** @param {(requestId: string, answer: string) => Promise<void>} onAnswer */
  constructor(onAnswer) {
    this.#onAnswer = onAnswer;
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      const field = this.#form.querySelector("input");
      const button = /** @type {HTMLButtonElement|null} */ (event.submitter);
      this.#answer(field ? field.value : button?.value ?? "", field ?? button);
    });
  }

  /** @param {PendingInput|null|undefined} question */
  render(question) {
    if ((question?.requestId ?? null) === this.#shown) return;
    this.#shown = question?.requestId ?? null;
    this.#section.hidden = !question;
    this.#text.textContent = question?.question ?? "";
    this.#form.replaceChildren(...(question ? controlsOf(question) : []));
    if (!this.#wasHere) return;
    // What was pressed is gone: not to another thing to press, for the key may still be down.
    this.#wasHere = false;
    (question ? this.#text : document.getElementById("title"))?.focus({ preventScroll: true });
  }

  /**
   * @param {string} answer
   * @param {HTMLElement|null} control
   */
  async #answer(answer, control) {
    if (this.#shown === null || answer === "") return;
    this.#wasHere = this.#section.contains(document.activeElement);
    const controls = /** @type {NodeListOf<HTMLButtonElement>} */ (this.#form.querySelectorAll("button, input"));
    controls.forEach((each) => { each.disabled = true; });
    try {
      await this.#onAnswer(this.#shown, answer);
    } catch {
      controls.forEach((each) => { each.disabled = false; });
      if (this.#wasHere) control?.focus();
      this.#wasHere = false;
    }
  }
}

/** @param {PendingInput} question */
function controlsOf({ options }) {
  if (options?.length) return options.map((option) => button(option, option));
  const field = document.createElement("input");
  field.setAttribute("aria-labelledby", "question-text");
  field.autocomplete = "off";
  return [field, button(t("Answer"), "")];
}

/**
 * @param {string} label
 * @param {string} value
 */
function button(label, value) {
  const element = document.createElement("button");
  element.className = "button";
  element.value = value;
  element.textContent = label;
  return element;
}
