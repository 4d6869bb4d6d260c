/** Copies a text; false where the browser refuses (a page that is not served over HTTPS nor from this machine). */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
