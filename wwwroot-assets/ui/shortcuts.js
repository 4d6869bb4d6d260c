// Keys that work on every page: Ctrl or ⌘ with K, and single letters where nothing is being written.
const writes = (element) => element?.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element?.tagName ?? "");
let listener = null;
let lead = 0; // when "g" was pressed

/** @param page Is told what was asked for, by name. */
export function attach(page) {
  detach();
  listener = (event) => {
    if (event.isComposing || event.altKey) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && key === "k" && !event.shiftKey) {
      event.preventDefault();
      page.invokeMethodAsync("OnShortcut", "palette");
      return;
    }
    if (event.ctrlKey || event.metaKey || writes(event.target) || document.querySelector("dialog[open]")) return;
    if (key === "?") page.invokeMethodAsync("OnShortcut", "help");
    else if (key === "/") {
      const field = document.querySelector("input[type=search]");
      if (!field) return;
      event.preventDefault();
      field.focus();
    } else if (key === "g") lead = Date.now();
    else if (Date.now() - lead < 1500) {
      lead = 0;
      page.invokeMethodAsync("OnShortcut", `go-${key}`);
    }
  };
  document.addEventListener("keydown", listener);
  document.documentElement.dataset.keys = ""; // from here on they are heard
}

export function detach() {
  if (listener) document.removeEventListener("keydown", listener);
  listener = null;
  delete document.documentElement.dataset.keys;
}
