/** What one can do about friends: each says so in words, or why not. */

import { ask as confirm } from "../components/dialog.js";
import { toast, toastError } from "../components/toast.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

/** @typedef {{id: string, display_name: string}} Person */

/** @param {string} userId @param {string} [verb] */
const path = (userId, verb) => `/api/friends/${userId}/${verb ? `${verb}/` : ""}`;

/**
 * @template T
 * @param {Promise<T>} deed
 * @param {string} [words] said when it is done
 * @returns {Promise<boolean>} whether it was
 */
async function told(deed, words) {
  try {
    await deed;
    if (words) toast(words, { kind: "ok" });
    return true;
  } catch (error) {
    toastError(error);
    return false;
  }
}

/** @param {Person} person somebody one sees in a room */
export const askPerson = ({ id, display_name: name }) =>
  told(http.post("/api/friends/", { user_id: id }), t("Asked {name} to be friends", { name }));

/** @param {Person} person */
export const accept = ({ id, display_name: name }) =>
  told(http.post(path(id, "accept")), t("You and {name} are friends now", { name }));

/** @param {Person} person */
export const decline = ({ id }) => told(http.post(path(id, "decline")));

/** @param {Person} person takes one's own ask back */
export const takeBack = ({ id }) => told(http.delete(path(id)));

/** @param {Person} person */
export async function remove({ id, display_name: name }) {
  const title = t("End the friendship with {name}?", { name });
  const words = t("You do not see each other’s presence any more.");
  if (await confirm({ title, words, yes: t("End it"), bad: true }))
    await told(http.delete(path(id)));
}

/** @param {Person} person */
export async function block({ id, display_name: name }) {
  const title = t("Block {name}?", { name });
  const words = t(
    "You do not see each other’s chat and do not hear each other, and they can neither ask nor invite you. They are not told.",
  );
  if (await confirm({ title, words, yes: t("Block"), bad: true }))
    await told(http.post(path(id, "block")), t("{name} is blocked", { name }));
}

/** @param {Person} person */
export const unblock = ({ id, display_name: name }) =>
  told(http.delete(path(id, "block")), t("{name} is not blocked any more", { name }));

/**
 * @param {Person} person a friend
 * @param {string} code of the room
 */
export const invite = ({ id, display_name: name }, code) =>
  told(
    http.post(`/api/rooms/${code}/invites/people/`, { user_id: id }),
    t("{name} is invited", { name }),
  );

/**
 * Into a room by one tap: by the key of an invitation, or by the code. Where the door asks for
 * more, a password for instance, one stands before it.
 * @param {{code: string, path?: string}} room
 */
export async function enter({ code, path: door = "" }) {
  const token = /^\/i\/([\w-]+)$/u.exec(door)?.[1];
  const way = token ? `/api/invites/${token}/accept/` : `/api/rooms/${code}/join/`;
  await http.post(way).catch(() => null);
  location.assign(`/r/${code}`);
}
