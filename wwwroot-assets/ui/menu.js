// A menu that the browser opens beside its button: arrows go through it, and it never stands out of the window.
export { copy } from "./clipboard.js";

/** @param {HTMLElement} menu */
export const isOpen = (menu) => menu.matches(":popover-open");

/** Its items are there: they are shown beside the button, and the first has the focus. @param {HTMLElement} menu */
export function place(menu) {
  const opener = document.querySelector(`[popovertarget="${menu.id}"]`);
  if (!opener || !isOpen(menu)) return;
  const { left, right, top, bottom } = opener.getBoundingClientRect();
  const { width, height } = menu.getBoundingClientRect();
  const start = getComputedStyle(menu).direction === "rtl" ? left : right - width;
  menu.style.left = `${Math.max(8, Math.min(start, innerWidth - width - 8))}px`;
  menu.style.top = `${bottom + height + 8 > innerHeight && top > height ? top - height - 4 : Math.max(8, Math.min(bottom + 4, innerHeight - height - 8))}px`;
  menu.dataset.placed = "";
  menu.onkeydown = (event) => walk(menu, event);
  // What the page below does moves the button away.
  addEventListener("scroll", () => close(menu), { once: true, capture: true, passive: true });
  items(menu)[0]?.focus({ preventScroll: true });
}

/** @param {HTMLElement} menu */
export function close(menu) {
  if (menu.isConnected && isOpen(menu)) menu.hidePopover();
  delete menu.dataset.placed;
}

const items = (menu) => [...menu.querySelectorAll("[role=menuitem]:not(:disabled)")];

function walk(menu, event) {
  const all = items(menu);
  const at = all.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (event.key === "Tab") close(menu);
  if (next === undefined) return;
  event.preventDefault();
  all[(next + all.length) % all.length]?.focus();
}
