// Tells of the end of a job outside the page, for readers who asked for that.
const key = "progresshub.notify";

const wanted = () => {
  try {
    return localStorage.getItem(key) === "yes";
  } catch {
    return false; // storage is off
  }
};

/** @returns {"on"|"off"|"denied"|"none"} */
export function state() {
  if (!("Notification" in window)) return "none";
  if (Notification.permission === "denied") return "denied";
  return wanted() && Notification.permission === "granted" ? "on" : "off";
}

/** Switches it on, which the browser asks the reader about, or off. */
export async function choose(on) {
  if (on && "Notification" in window) await Notification.requestPermission();
  try {
    if (on) localStorage.setItem(key, "yes");
    else localStorage.removeItem(key);
  } catch {
    // storage is off
  }
  return state();
}

/** Tells of something, where the page is not being looked at. */
export function tell(title, body, address) {
  if (!document.hidden || state() !== "on") return;
  const note = new Notification(title, { body, tag: address });
  note.onclick = () => {
    focus();
    location.href = new URL(address, document.baseURI).href;
  };
}
