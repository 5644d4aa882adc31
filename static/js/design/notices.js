/** The gallery: what comes up over a page, and what stands where nothing is. */

import "../components/sw-blank.js";
import "../components/sw-qr.js";
import { html } from "lit";
import { menuItem } from "../components/drawn-menu.js";
import { drawToast } from "../components/toast.js";
import { named, section } from "./parts.js";

const toasts = () =>
  section(
    "Toasts",
    named({
      info: drawToast("You asked for the remote", {}, () => {}),
      ok: drawToast("Saved", { kind: "ok" }, () => {}),
      warn: drawToast("That is no film", { kind: "warn" }, () => {}),
      bad: drawToast("The server did not answer. Try again.", { kind: "bad" }, () => {}),
      "with a way back": drawToast(
        "Sunday rabbit is deleted",
        { action: { label: "Undo", run: () => {} } },
        () => {},
      ),
    }),
  );

const menus = () =>
  section(
    "Menu",
    named({
      menu: html`<div class="menu menu-still glass glass-strong" role="menu" aria-label="Film">
        ${menuItem({ words: "Play now", icon: "play", run: () => {} })}
        ${menuItem({ words: "Play next", icon: "skip", disabled: true, run: () => {} })}
        <hr>${menuItem({ words: "Remove from the queue", icon: "trash", bad: true, run: () => {} })}</div>`,
      choices: html`<div class="menu menu-still glass glass-strong" role="menu" aria-label="Quality">
        <p class="cap">Quality, only for you</p>
        ${["Auto", "1080p", "720p"].map((words, at) => menuItem({ words, checked: at === 0, run: () => {} }))}</div>`,
    }),
  );

const blanks = () =>
  section(
    "Nothing there",
    named({
      empty: html`<sw-blank class="glass" icon="film" words="No films yet" more="Bring one: it plays while it is still being prepared." act="Upload a film" act-icon="upload"></sw-blank>`,
      failed: html`<sw-blank class="glass" bad icon="warning" words="Your films did not come" more="The server did not answer." act="Try again" act-icon="retry"></sw-blank>`,
      "a code for a camera": html`<sw-qr text="https://example.org/i/3fk9" label="QR code"></sw-qr>`,
      loading: html`<div class="skel" aria-hidden="true"><span class="sk sk-half"></span><span class="sk"></span><span class="sk"></span></div>`,
    }),
  );

/** @returns {unknown[]} */
export const notices = () => [toasts(), menus(), blanks()];
