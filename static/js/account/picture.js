/** One's own picture: its middle cut out here, sent, shown on this page. */

import { toast } from "../components/toast.js";
import { find, h, need } from "../lib/dom.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

const PATH = "/api/auth/picture/";
const SIDE_PX = 512;
const DRAWN = ["image/png", "image/jpeg", "image/webp"];

/**
 * Sends the chosen file. The server says in words what is wrong with it.
 * @param {HTMLInputElement} input
 */
export async function choosePicture(input) {
  const file = input.files?.[0];
  if (!file) return;
  const form = new FormData();
  form.set("file", (await middleOf(file)) ?? file, "picture");
  try {
    shown(await http.put(PATH, form));
    toast(t("This is your picture now."), { kind: "ok" });
  } finally {
    input.value = ""; // the same file may be chosen again
  }
}

export async function removePicture() {
  shown(await http.delete(PATH));
  need("[data-picture-file]").focus();
  toast(t("Your picture is gone."), { kind: "ok" });
}

/** @param {{picture: string | null}} me */
function shown({ picture }) {
  for (const face of document.querySelectorAll("[data-face], .face-link .avatar")) {
    find("img", face)?.remove();
    if (picture) face.append(h("img", { src: picture, alt: "" }));
  }
  need("[data-picture-remove]").hidden = !picture;
}

/**
 * The middle as a square: small to send, and nothing else of the photograph leaves this device.
 * @param {File} file
 * @returns {Promise<Blob | null>} null for what this browser cannot draw
 */
async function middleOf(file) {
  if (!DRAWN.includes(file.type)) return null;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const side = Math.min(picture.width, picture.height);
  if (side < SIDE_PX) return null; // never blown up
  const canvas = h("canvas", { width: SIDE_PX, height: SIDE_PX });
  const [x, y] = [(picture.width - side) / 2, (picture.height - side) / 2];
  canvas.getContext("2d")?.drawImage(picture, x, y, side, side, 0, 0, SIDE_PX, SIDE_PX);
  picture.close();
  return new Promise((drawn) => canvas.toBlob(drawn, "image/png"));
}
