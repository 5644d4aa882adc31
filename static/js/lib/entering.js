/** Ways into a room: a pasted code or link, a guest's name, a new room. */

import { http } from "./http.js";
import { t } from "./words.js";

const NAME_KEY = "sw.name";
/**
 * Room codes are 12 characters of Crockford's base32, which has no i, l, o and u: whoever heard one
 * over the phone and wrote those means 1 and 0. People paste codes with spaces and hyphens.
 */
const CODE = /^[0-9a-hjkmnp-tv-z]{12}$/;
const PATH = /^\/([ri])\/([A-Za-z0-9_-]+)\/?$/;
/** A room's own address: at most 30 characters, which no invitation's token is short enough for. */
const ADDRESS = /^(?=.{3,30}$)[a-z0-9]+(-[a-z0-9]+)*$/;
const TOKEN_MIN_LENGTH = 16;

/**
 * Where a pasted code or link leads.
 * @param {string} text
 * @param {string} ownHost the host of this page
 * @returns {{ path: string } | { error: string }}
 */
export function destination(text, ownHost) {
  const pasted = text.trim();
  if (!pasted) return { error: t("Paste the code or the link you were sent.") };
  if (/^https?:\/\//i.test(pasted)) return fromLink(pasted, ownHost);
  if (PATH.test(pasted)) return { path: pasted.replace(/\/$/, "") };
  if (pasted.includes("/")) return fromLink(`https://${pasted}`, ownHost);
  const code = asCode(pasted);
  if (CODE.test(code)) return { path: `/r/${code}` };
  if (ADDRESS.test(pasted)) return { path: `/r/${pasted}` };
  if (/^[A-Za-z0-9_-]+$/.test(pasted))
    return { path: pasted.length >= TOKEN_MIN_LENGTH ? `/i/${pasted}` : `/r/${pasted}` };
  return { error: t("This is neither a code nor a link. A code has 12 letters and digits.") };
}

/** @param {string} pasted */
const asCode = (pasted) =>
  pasted.replace(/[\s-]/g, "").toLowerCase().replaceAll("o", "0").replace(/[il]/g, "1");

/**
 * @param {string} link
 * @param {string} ownHost
 * @returns {{ path: string } | { error: string }}
 */
function fromLink(link, ownHost) {
  const url = URL.canParse(link) ? new URL(link) : null;
  const match = url && PATH.exec(url.pathname);
  if (!match)
    return { error: t("This link does not lead to a room. Ask for the invite link again.") };
  if (url.host !== ownHost)
    return { error: t("This link belongs to {host}. Open it in a new tab.", { host: url.host }) };
  return { path: `/${match[1]}/${match[2]}` };
}

/** The name this browser used last. */
export function rememberedName() {
  try {
    return localStorage.getItem(NAME_KEY) ?? "";
  } catch {
    return "";
  }
}

/**
 * Becomes a guest under this name; the name is kept for next time.
 * @param {string} name
 * @param {string} [invite] a valid one raises the limit on new guests from one address
 */
export async function enterAsGuest(name, invite) {
  await http.post(
    "/api/auth/guest/",
    invite ? { display_name: name, invite } : { display_name: name },
  );
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // Storage is forbidden: the name is asked again next time.
  }
}

const MICROPHONE_KEY = "sw.microphone";

/**
 * The door asks whether the microphone should be on; the room, in this tab, reads it once.
 * @param {boolean} on
 */
export function keepMicrophoneWish(on) {
  try {
    sessionStorage.setItem(MICROPHONE_KEY, on ? "on" : "off");
  } catch {
    // Storage is forbidden: the microphone stays off, as everybody expects.
  }
}

/** Whether this person asked at the door to come in talking. Asked once, then forgotten. */
export function takeMicrophoneWish() {
  try {
    const wish = sessionStorage.getItem(MICROPHONE_KEY);
    sessionStorage.removeItem(MICROPHONE_KEY);
    return wish === "on";
  } catch {
    return false;
  }
}

/**
 * @param {string} personName
 * @returns {Promise<string>} the path of the new room
 */
export async function startRoom(personName) {
  const room = await http.post("/api/rooms/", { name: roomName(personName) });
  return `/r/${room.code}`;
}

/** @param {string} personName */
export const roomName = (personName) =>
  personName.trim() ? t("{name}’s room", { name: personName.trim() }) : t("Movie night");
