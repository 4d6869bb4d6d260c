// Where a question is written: Enter sends it, Shift+Enter begins a line.

/** @param {HTMLTextAreaElement} field Its form takes what is written. */
export function attach(field) {
  field.addEventListener("keydown", (event) => {
    // An input method's Enter chooses a word.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (event.repeat) return;
    field.dispatchEvent(new Event("change", { bubbles: true })); // what was typed, before it is sent
    field.form.requestSubmit();
  });
  field.dataset.ready = "true";
}
