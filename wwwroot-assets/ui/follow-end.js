// Keeps a scrolling list at its end while things are added, until the reader scrolls up.

/**
 * @param {HTMLElement} tail Holds the scrolling element (`.scroll`) and the button back to the end (`.to-end`).
 * @param {boolean} startAtEnd Whether it opens at its end.
 */
export function attach(tail, startAtEnd) {
  const scroll = tail.querySelector(".scroll");
  const nearEnd = 24; // pixels; a line that is half visible counts as the end
  let following = startAtEnd;
  let height = scroll.scrollHeight;

  const atEnd = () => scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight <= nearEnd;
  const set = (value) => {
    following = value;
    tail.dataset.following = String(value || atEnd());
  };
  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };

  scroll.addEventListener("scroll", () => {
    // A scroll that comes from the content growing or shrinking is not the reader's.
    if (scroll.scrollHeight === height) set(atEnd());
    height = scroll.scrollHeight;
  }, { passive: true });

  tail.querySelector(".to-end").addEventListener("click", () => {
    toEnd();
    set(true);
    scroll.focus({ preventScroll: true });
  });

  new MutationObserver(() => {
    if (following) toEnd();
    height = scroll.scrollHeight;
    tail.dataset.following = String(following || atEnd());
  }).observe(scroll, { childList: true, subtree: true, characterData: true });

  if (startAtEnd) toEnd();
  else scroll.scrollTop = 0;
  set(startAtEnd || atEnd());
}
