/** People's pictures as they are now: what was drawn with an older one follows. */

/** @type {Map<string, string | null>} */
const known = new Map();

/**
 * The address of somebody's picture; null where they have none.
 * @param {string | null} who a user id
 * @param {string | null} told what stood beside their name when that was said
 */
export const pictureOf = (who, told) => {
  const now = who ? known.get(who) : undefined;
  return now === undefined ? told : now;
};

/**
 * Somebody has another picture, or none, from now on. Every <sw-avatar who="…"> shows it.
 * @param {string} who a user id
 * @param {string | null} picture an address
 */
export function pictureChanged(who, picture) {
  if (known.get(who) === picture) return;
  known.set(who, picture);
  for (const face of document.querySelectorAll("sw-avatar"))
    if (face.getAttribute("who") === who)
      /** @type {import("./sw-avatar.js").SwAvatar} */ (face).requestUpdate();
}
