/** The theme and the glass switch. boot.js applies what was kept before the first paint. */

/** @typedef {"system" | "dark" | "light" | "contrast"} Theme */

/**
 * Shows a theme now and keeps it for this browser.
 * @param {Theme} theme
 */
export function setTheme(theme) {
  const root = document.documentElement;
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  keep("sw.theme", theme === "system" ? null : theme);
}

export const glassIsReduced = () => kept("sw.glass") === "reduced";

/** @param {boolean} reduced */
export function reduceGlass(reduced) {
  keep("sw.glass", reduced ? "reduced" : null);
  document.documentElement.dataset.glass = reduced ? "0" : "1"; // the lens comes back with the next page
}

/**
 * The three hues of the film, which light the room.
 * @param {readonly string[]} hues CSS colours, at most three
 */
export function setFilmHues(hues) {
  ["--film-a", "--film-b", "--film-c"].forEach((name, index) => {
    const hue = hues[index];
    if (hue) document.documentElement.style.setProperty(name, hue);
    else document.documentElement.style.removeProperty(name);
  });
}

/** @param {string} key */
function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string | null} value
 */
function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is forbidden: the choice holds for this page only.
  }
}
