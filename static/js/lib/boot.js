/** Runs before the first paint, as a classic script: the chosen theme, and how much glass this device can bear. */
{
  const root = document.documentElement;
  /** @param {string} key */
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // storage may be forbidden; the defaults are fine then
    }
  };

  const theme = kept("sw.theme");
  if (!root.dataset.theme && theme && ["dark", "light", "contrast"].includes(theme))
    root.dataset.theme = theme;

  const device = /** @type {Navigator & { deviceMemory?: number }} */ (navigator);
  const weak = (device.deviceMemory ?? 8) < 2 || device.hardwareConcurrency === 1;
  // Firefox says that it knows backdrop-filter: url() and then draws a hole, so the lens asks for Chromium.
  const lens = "chrome" in window && CSS.supports("backdrop-filter", "url(#lens)");
  root.dataset.glass = kept("sw.glass") === "reduced" || weak ? "0" : lens ? "2" : "1";
}
