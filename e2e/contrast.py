"""What contrast text really has on what lies behind it: measured in the pixels of a screenshot."""

import base64
from dataclasses import dataclass

from playwright.sync_api import Page

# Every piece of text on the screen below a root: where it is, its colour, and what WCAG asks of it.
TEXTS = """(root) => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgb = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const shown = (element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const found = [];
  for (const top of document.querySelectorAll(root)) {
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const words = node.data.trim();
      const element = node.parentElement;
      if (!words || !shown(element) || element.closest('.sr, .avatar, :disabled, option')) continue;
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { x, y, width, height } of range.getClientRects())
        if (width > 1 && height > 1)
          found.push({ words, colour: rgb(style.color), needed: large ? 3 : 4.5,
            box: { x, y, width, height } });
    }
  }
  return found;
}"""
# At once, and seen: a colour that fades out would be taken for what lies behind it.
HIDE = """async () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`*, ::before, ::after { color: transparent !important;
      caret-color: transparent !important; transition: none !important; }
    svg, .avatar { visibility: hidden !important; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  for (let frame = 0; frame < 2; frame += 1)
    await new Promise((done) => requestAnimationFrame(done));
}"""
SHOW = "() => { document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1); }"
WORST = """async ([png, texts]) => {
  const bytes = Uint8Array.from(atob(png), (one) => one.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes]));
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
  canvas.drawImage(picture, 0, 0);
  const part = (byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  const light = (r, g, b) => 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
  return texts.map(({ words, colour: [r, g, b, a], needed, box }) => {
    const x = Math.max(0, Math.floor(box.x));
    const y = Math.max(0, Math.floor(box.y));
    const width = Math.min(picture.width - x, Math.ceil(box.width));
    const height = Math.min(picture.height - y, Math.ceil(box.height));
    if (width < 1 || height < 1) return { words, needed, ratio: Infinity };
    const { data } = canvas.getImageData(x, y, width, height);
    let worst = Infinity;
    for (let at = 0; at < data.length; at += 4) {
      const back = [data[at], data[at + 1], data[at + 2]];
      const ink = [r, g, b].map((one, n) => (one * a + back[n] * (255 - a)) / 255);
      const [one, other] = [light(...ink), light(...back)];
      const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      if (ratio < worst) worst = ratio;
    }
    return { words, needed, ratio: worst };
  });
}"""


@dataclass(frozen=True)
class Text:
    words: str
    needed: float
    ratio: float


def texts(page: Page, root: str) -> list[Text]:
    """The text below `root`, each with the worst contrast any of its pixels has."""
    found = page.evaluate(TEXTS, root)
    page.evaluate(HIDE)
    png = base64.b64encode(page.screenshot()).decode()
    page.evaluate(SHOW)
    return [Text(**one) for one in page.evaluate(WORST, [png, found])]
