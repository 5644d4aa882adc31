/** This tab's id: kept over a reload, so that the server knows it is the same one; new for a copy of the tab. */

const KEY = "sw.tab";

/** A random UUID also where the page is not served over TLS, and crypto.randomUUID is missing. */
export function newTabId(bytes = crypto.getRandomValues(new Uint8Array(16))) {
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/u, "$1-$2-$3-$4-$5");
}

export function tabId() {
  const [navigation] = performance.getEntriesByType("navigation");
  const reloaded = /** @type {PerformanceNavigationTiming} */ (navigation)?.type === "reload";
  try {
    const kept = reloaded ? sessionStorage.getItem(KEY) : null;
    const id = kept ?? newTabId();
    sessionStorage.setItem(KEY, id);
    return id;
  } catch {
    return newTabId();
  }
}
