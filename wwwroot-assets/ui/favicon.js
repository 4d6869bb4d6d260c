// The tab's picture: a ring that fills, and the outcome.
const link = () => document.querySelector("link[rel=icon]");
const plain = link()?.href;
const colours = { running: "#5b6be0", succeeded: "#22915a", failed: "#cf3a36", waiting: "#c27803", still: "#808aa0" };
const marks = { succeeded: "M10 16.5l4 4 8-9", failed: "M11 11l10 10M21 11L11 21", waiting: "M16 9v9M16 22.5v.01" };

/**
 * @param {number} percent
 * @param {keyof typeof colours} tone
 */
export function show(percent, tone) {
  const colour = colours[tone] ?? colours.still;
  const around = 2 * Math.PI * 12;
  const drawing = tone in marks
    ? `<circle cx="16" cy="16" r="15" fill="${colour}"/><path d="${marks[tone]}" fill="none" stroke="#fff" stroke-width="3.5" stroke-linecap="round" stroke-linejoin="round"/>`
    : `<circle cx="16" cy="16" r="12" fill="none" stroke="#aab2c5" stroke-width="6"/>`
      + `<circle cx="16" cy="16" r="12" fill="none" stroke="${colour}" stroke-width="6" stroke-dasharray="${around * percent / 100} ${around}" transform="rotate(-90 16 16)"/>`;
  set(`data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">${drawing}</svg>`)}`);
}

export const reset = () => set(plain);

function set(href) {
  const icon = link();
  if (icon && href) icon.href = href;
}
