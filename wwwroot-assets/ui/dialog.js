// Opens the browser's modal dialog, and gives the focus back once it is gone.
const openers = new Map();

/**
 * @param {HTMLDialogElement} dialog
 * @param {string} id Names it when it is gone.
 */
export function open(dialog, id) {
  openers.set(id, { dialog, opener: document.activeElement });
  const close = () => dialog.querySelector("[data-no]")?.click();
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault(); // the page takes it away, as for a click
    close();
  });
  // A click beside it.
  dialog.addEventListener("click", (event) => { if (event.target === dialog && !inside(dialog, event)) close(); });
  dialog.showModal();
  (dialog.querySelector("[data-first]") ?? dialog.querySelector("[data-no]"))?.focus();
}

/** The dialog is gone: back to where the reader was, unless they have gone elsewhere since. */
export function closed(id) {
  const { dialog, opener } = openers.get(id) ?? {};
  // What is outside can't take the focus before the dialog is out of the page.
  if (dialog?.isConnected) {
    requestAnimationFrame(() => closed(id));
    return;
  }

  openers.delete(id);
  if (document.activeElement && document.activeElement !== document.body) return;
  const target = opener?.isConnected && opener !== document.body ? opener : document.querySelector("h1");
  target?.focus({ preventScroll: true });
}

function inside(dialog, { clientX, clientY }) {
  const { left, right, top, bottom } = dialog.getBoundingClientRect();
  return clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
}
