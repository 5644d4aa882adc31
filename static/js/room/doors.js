/** What opens what in the room: dialogs, filled as they open, and the panels beside the film. */

import { openDialog } from "../components/dialog.js";
import { need } from "../lib/dom.js";
import { FilmsSheet } from "./sheets/films.js";
import { InviteSheet } from "./sheets/invite.js";
import { KeyList } from "./sheets/keys.js";
import { RightsSheet } from "./sheets/rights.js";
import { SettingsSheet } from "./sheets/settings.js";
import { VoiceSheet } from "./sheets/voice.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./incoming.js").Incoming} Incoming */

/**
 * @param {Ctx} ctx
 * @param {Record<string, () => void>} doors
 * @param {{incoming: Incoming, choose: () => void, showPanel: (id: string) => void, voice: import("./voice.js").VoicePart}} parts
 */
export function mountDoors(ctx, doors, { incoming, choose, showPanel, voice }) {
  const dialog = (/** @type {string} */ name) =>
    /** @type {HTMLDialogElement} */ (need(`[data-dialog="${name}"]`));
  const body = (/** @type {string} */ name) => need("[data-dialog-body]", dialog(name));
  const shut = (/** @type {string} */ name) => () => dialog(name).close();
  /** @type {Record<string, {open: () => unknown}>} */
  const sheets = {
    invite: new InviteSheet(ctx, body("invite")),
    settings: new SettingsSheet(ctx, body("settings"), shut("settings")),
    rights: new RightsSheet(ctx, body("rights")),
    films: new FilmsSheet(ctx, body("films"), { incoming, choose, done: shut("films") }),
    voice: new VoiceSheet(ctx, body("voice"), {
      ...voice,
      closed: (then) => dialog("voice").addEventListener("close", then, { signal: ctx.signal }),
    }),
    keys: new KeyList(body("keys"), ctx.signal),
  };
  for (const [name, sheet] of Object.entries(sheets)) {
    doors[name] = () => {
      sheet.open();
      openDialog(dialog(name));
    };
  }
  doors.emotes = () => void import("./sheets/emotes.js").then(({ openEmotes }) => openEmotes(ctx));
  doors.moderation = () =>
    void import("./sheets/moderation.js").then(({ openModeration }) => openModeration(ctx));
  doors.health = () => void import("./sheets/health.js").then(({ openHealth }) => openHealth(ctx));
  for (const name of ["chat", "people", "queue"]) doors[name] = () => showPanel(`panel-${name}`);
  for (const button of document.querySelectorAll("[data-open]"))
    button.addEventListener("click", () => doors[button.getAttribute("data-open") ?? ""]?.(), {
      signal: ctx.signal,
    });
}
