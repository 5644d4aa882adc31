/** The page that stands when the room is over for this person: why, and a way out. */

import { html, render } from "lit";
import { t } from "../lib/words.js";
import { glyph } from "./ui.js";

/** @typedef {"signed-out" | "removed" | "gone" | "outdated" | "full"} Why */

/**
 * @param {Why | undefined} why
 * @param {string} here this room's path
 */
export function endingOf(why, here) {
  const home = { words: t("Your rooms"), href: "/home" };
  /** @type {Record<string, {icon: string, title: string, words: string, acts: {words: string, href: string}[]}>} */
  const endings = {
    removed: {
      icon: "leave",
      title: t("You are not in this room any more"),
      words: t("A moderator can invite you again. If it was a mistake, tell the host."),
      acts: [home],
    },
    gone: {
      icon: "lock",
      title: t("The room is closed"),
      words: t("Whoever hosted it closed it. The films stay with those who uploaded them."),
      acts: [home],
    },
    "signed-out": {
      icon: "key",
      title: t("You are signed out"),
      words: t("The film waits. Sign in again and you are back where the others are."),
      acts: [{ words: t("Sign in"), href: `/login?next=${encodeURIComponent(here)}` }],
    },
    full: {
      icon: "people",
      title: t("The room is full"),
      words: t("Try again when somebody leaves, or ask the host for a bigger room."),
      acts: [{ words: t("Try again"), href: here }, home],
    },
    outdated: {
      icon: "retry",
      title: t("SyncWatch has been updated"),
      words: t("Load the page again to go on."),
      acts: [{ words: t("Load again"), href: here }],
    },
  };
  return endings[why ?? "gone"] ?? endings.gone;
}

/**
 * @param {HTMLElement} room
 * @param {HTMLElement} host
 * @param {Why | undefined} why
 */
export function showEnding(room, host, why) {
  const { icon, title, words, acts } = endingOf(why, location.pathname);
  for (const dialog of document.querySelectorAll("dialog")) dialog.close();
  room.classList.add("is-over");
  host.hidden = false;
  render(
    html`<div class="end-card glass glass-strong" role="alert"><span class="disc">${glyph(icon, "i-28")}</span><h1 class="h2">${title}</h1><p>${words}</p>
      <div class="row">${acts.map(({ words: label, href }, at) => html`<a class="btn ${at ? "btn-quiet" : "btn-primary"}" href=${href}>${label}</a>`)}</div></div>`,
    host,
  );
}
