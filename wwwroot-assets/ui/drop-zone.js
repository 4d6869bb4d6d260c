// Makes the form around a file input the place to drop a file on.

/** @param {HTMLElement} zone Holds the file input; the nearest `[data-drop-target]` around it takes the drop. */
export function attach(zone) {
  const target = zone.closest("[data-drop-target]") ?? zone;
  const input = zone.querySelector("input[type=file]");
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0; // enter and leave come for every child that is crossed

  const mark = (change) => {
    depth = Math.max(0, depth + change);
    target.toggleAttribute("data-dropping", depth > 0);
  };

  target.addEventListener("dragenter", (event) => { if (hasFiles(event)) mark(1); });
  target.addEventListener("dragleave", (event) => { if (hasFiles(event)) mark(-1); });
  target.addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  const take = (files) => {
    if (input.disabled) return;
    input.files = files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  target.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(-depth);
    take(event.dataTransfer.files);
  });
  // Files that are pasted, wherever in the form one is; text goes where it is pasted.
  target.addEventListener("paste", (event) => {
    if (!event.clipboardData?.files.length) return;
    event.preventDefault();
    take(event.clipboardData.files);
  });
}
