// What the browser knows of its reader, and what the reader has chosen here.
const zoneKey = "progresshub.zone";

const kept = (key) => {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage is off
  }
};

/** The reader's time zone by its IANA name: the one chosen, else the browser's. */
export const zone = () => kept(zoneKey) ?? Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The chosen zone; empty where the browser's is used. */
export const chosenZone = () => kept(zoneKey) ?? "";

export function chooseZone(name) {
  try {
    if (name) localStorage.setItem(zoneKey, name);
    else localStorage.removeItem(zoneKey);
  } catch {
    // storage is off: the choice lasts as long as the page
  }
}

/** Keeps the language in a cookie, which the server reads, and loads the page in it. */
export function chooseLanguage(name, value) {
  const path = new URL(document.baseURI).pathname;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${encodeURIComponent(value)}; Path=${path}; Max-Age=31536000; SameSite=Lax${secure}`;
  location.reload();
}
