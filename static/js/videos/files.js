/** Which files may come, and what they are called before the server knows them. Pure. */

import { bytes } from "../lib/format.js";
import { t } from "../lib/words.js";

const FILMS = /\.(mp4|m4v|mov|mkv|webm|avi|ts|m2ts|mpe?g|ogv|wmv|flv)$/iu;

/**
 * Why a file can't come in, in words; null when it may.
 * @param {{name: string, size: number, type: string}} file
 * @param {number} limit bytes
 * @returns {string | null}
 */
export function refusal({ name, size, type }, limit) {
  if (!FILMS.test(name) && !type.startsWith("video/"))
    return t("“{name}” does not look like a film. Try mp4, mkv, webm or mov.", { name });
  if (size === 0) return t("“{name}” is empty. Perhaps it is still being copied.", { name });
  if (size > limit)
    return t("“{name}” has {size}; this server takes up to {most}.", {
      name,
      size: bytes(size),
      most: bytes(limit),
    });
  return null;
}

/**
 * The name without its ending.
 * @param {string} name
 */
export const titleOf = (name) => name.replace(/(.)\.[^.\s]{1,5}$/u, "$1");
