/** QR codes as one path of an SVG. The library comes when the first one is asked for. */

/** @typedef {{size: number, path: string}} Code `size` modules to a side; `path` in modules, from 0 0 */

/**
 * @param {string} text
 * @returns {Promise<Code>} rejects where the library does not come, or the text is too long for any code
 */
export async function qrPath(text) {
  const { generate } = await import("lean-qr");
  const { size, get } = generate(text);
  const rows = Array.from({ length: size }, (_, y) => rowOf(size, (x) => get(x, y), y));
  return { size, path: rows.join("") };
}

/**
 * Neighbours in a row are one bar.
 * @param {number} size
 * @param {(x: number) => boolean} isDark
 * @param {number} y
 */
function rowOf(size, isDark, y) {
  let path = "";
  for (let x = 0; x < size; x += 1) {
    if (!isDark(x)) continue;
    const from = x;
    while (x + 1 < size && isDark(x + 1)) x += 1;
    path += `M${from} ${y}h${x - from + 1}v1H${from}z`;
  }
  return path;
}
