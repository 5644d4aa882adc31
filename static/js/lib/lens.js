/** T2 glass: a bevel that bends the picture at the rim of a small capsule. Chromium only; boot.js says whether. */

const BEVEL_PX = 18;
const SCALE_PX = 44;
const NEUTRAL = 128;
/** Just short of the full byte, so that rounding never wraps. */
const PEAK = 120;
const SVG = "http://www.w3.org/2000/svg";
let made = 0;

/**
 * How far the rim moves the picture at a distance from the edge: all at the edge, nothing past the bevel.
 * @param {number} inside pixels from the edge, positive inside
 */
export function bend(inside) {
  if (inside <= 0) return 1;
  return inside >= BEVEL_PX ? 0 : (1 - inside / BEVEL_PX) ** 2;
}

/**
 * The displacement map of a capsule, as RGBA bytes: red moves sideways, green up and down.
 * @param {number} width
 * @param {number} height
 */
export function bevelMap(width, height) {
  const map = new Uint8ClampedArray(width * height * 4);
  const radius = height / 2;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const across = x + 0.5 - Math.min(Math.max(x + 0.5, radius), width - radius);
      const along = y + 0.5 - radius;
      const far = Math.hypot(across, along) || 1;
      const amount = bend(radius - far) * PEAK;
      map.set(
        [NEUTRAL - (across / far) * amount, NEUTRAL - (along / far) * amount, NEUTRAL, 255],
        (y * width + x) * 4,
      );
    }
  }
  return map;
}

/**
 * Gives a `.lens-glass` element its lens, and a new one when its size changes.
 * @param {HTMLElement} element
 * @returns {() => void} takes the lens away
 */
export function lens(element) {
  if (document.documentElement.dataset.glass !== "2") return () => {};
  made += 1;
  const filter = new Filter(`lens-${made}`);
  const watch = new ResizeObserver(([entry]) => {
    const box = entry?.borderBoxSize[0];
    if (box) filter.resize(Math.round(box.inlineSize), Math.round(box.blockSize));
  });
  watch.observe(element, { box: "border-box" });
  element.style.setProperty("--lens", `url(#${filter.id})`);
  return () => {
    watch.disconnect();
    element.style.removeProperty("--lens");
    filter.remove();
  };
}

class Filter {
  #svg = node("svg", { class: "sprite", "aria-hidden": "true" });
  #filter;
  #image = node("feImage", { preserveAspectRatio: "none", result: "map" });

  /** @param {string} id */
  constructor(id) {
    this.id = id;
    this.#filter = node("filter", {
      id,
      filterUnits: "userSpaceOnUse",
      primitiveUnits: "userSpaceOnUse",
      "color-interpolation-filters": "sRGB",
    });
    const shift = {
      in: "SourceGraphic",
      in2: "map",
      scale: SCALE_PX,
      xChannelSelector: "R",
      yChannelSelector: "G",
    };
    this.#filter.append(this.#image, node("feDisplacementMap", shift));
    this.#svg.append(this.#filter);
    document.body.append(this.#svg);
  }

  /**
   * @param {number} width
   * @param {number} height
   */
  resize(width, height) {
    if (width < 1 || height < 1) return;
    for (const part of [this.#filter, this.#image]) {
      for (const [name, value] of Object.entries({ x: 0, y: 0, width, height }))
        part.setAttribute(name, String(value));
    }
    this.#image.setAttribute("href", picture(width, height));
  }

  remove() {
    this.#svg.remove();
  }
}

/**
 * @param {number} width
 * @param {number} height
 */
function picture(width, height) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  canvas
    .getContext("2d")
    ?.putImageData(new ImageData(bevelMap(width, height), width, height), 0, 0);
  return canvas.toDataURL("image/png");
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function node(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  return element;
}
