// Whoever works by keys or listens stays where they are when what they acted on goes away, as an answered question does, or can't
// be used for a while. The focus then goes to what it stood in, never to another thing to press: the key may still be down.
const rows = "li, tr, [role=listitem], [role=row]";
const regions = `${rows}, [role]:not([role=presentation]), section, article, form, fieldset, nav, aside, dialog, main`;

let place = null; // where the focus is, and what stands around it

addEventListener("focusin", ({ target }) => {
  const around = [];
  for (let at = target; at.parentElement; at = at.parentElement) {
    around.push({ within: at.parentElement, isRow: at.matches(rows), next: at.nextElementSibling, previous: at.previousElementSibling });
  }

  place = { target, around, address: location.pathname, isInDialog: target.closest("dialog") !== null };
});

// Whoever goes elsewhere has left it themselves.
addEventListener("focusout", ({ target }) => queueMicrotask(() => {
  if (place?.target === target && isUsable(target)) place = null;
}));

new MutationObserver(() => {
  if (!place || (isUsable(place.target) && !place.isAway)) return;
  requestAnimationFrame(keep);
}).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ["disabled"] });

const isUsable = (element) => element.isConnected && !element.matches(":disabled");

const isNowhere = () => {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body || !isUsable(activeElement);
};

function keep() {
  if (!place || !isNowhere()) return;
  if (place.address !== location.pathname) {
    place = null; // another page has its own beginning
    return;
  }

  if (isUsable(place.target)) {
    place.target.focus({ preventScroll: true });
    return;
  }

  place.isAway = true;
  if (place.target.isConnected) return; // it may be back in a moment
  const next = successor(place);
  place = null;
  if (next) focus(next);
}

function successor({ target, around, isInDialog }) {
  const again = target.id ? document.getElementById(target.id) : null;
  if (again && isUsable(again)) return again;

  const level = around.find(({ within }) => within.isConnected);
  if (isInDialog && !level?.within.closest("dialog")) return null; // ui/dialog.js leads back
  const beside = level?.isRow ? [level.next, level.previous].find((row) => row?.isConnected && row.matches(rows)) : null;
  const region = beside ?? level?.within.closest(regions);
  return region && !region.matches("main") ? region : document.querySelector("main h1");
}

function focus(element) {
  const isOurs = !element.hasAttribute("tabindex") && element.tabIndex < 0;
  if (isOurs) element.tabIndex = -1;
  element.focus({ preventScroll: true });
  if (isOurs) element.addEventListener("blur", () => element.removeAttribute("tabindex"), { once: true });
}
