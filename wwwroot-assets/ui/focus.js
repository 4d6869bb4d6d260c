/** Moves the focus to the first element that fits, such as the first field with a problem. */
export function first(selector) {
  document.querySelector(selector)?.focus();
}
