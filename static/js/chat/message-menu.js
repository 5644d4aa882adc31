/** What one may do with a message, as items of its menu. */

import { html, nothing } from "lit";
import { menuItem } from "../components/drawn-menu.js";
import { t } from "../lib/words.js";
import { signName } from "../room/tray.js";

/** @typedef {import("../room/types.js").Message} Message */
/**
 * @typedef {object} Choices
 * @property {import("./deeds.js").Deeds} deeds
 * @property {string[]} signs reactions to choose from at once
 * @property {string} me
 * @property {(message: Message) => void} reply
 * @property {(message: Message) => void} edit
 * @property {(message: Message) => void} pick another reaction
 * @property {(message: Message) => void} whoReacted
 * @property {(message: Message) => void} history
 * @property {(message: Message) => void} report
 */

/** @param {Message} message @param {string} emoji @param {string} me */
export const isOn = ({ reactions = [] }, emoji, me) =>
  reactions.some((one) => one.emoji === emoji && one.by.includes(me));

/**
 * @param {Message} message
 * @param {Choices} choices
 */
const signRow = (message, { signs, deeds, me, pick }) =>
  html`<div class="menu-signs">${signs.map(
    (
      emoji,
    ) => html`<button class="item react-pick" type="button" role="menuitemcheckbox" aria-checked=${String(isOn(message, emoji, me))}
      aria-label="${signName(emoji)} ${emoji}" @click=${() => void deeds.react(message.id, emoji, !isOn(message, emoji, me))}><span aria-hidden="true">${emoji}</span></button>`,
  )}<button class="item react-pick" type="button" role="menuitem" aria-label=${t("Another reaction")} @click=${() => pick(message)}><svg class="i" aria-hidden="true"><use href="#i-plus"></use></svg></button></div><hr>`;

/**
 * @param {Message} message
 * @param {Choices} choices
 */
export function messageMenu(message, choices) {
  const { deeds, reply, edit, whoReacted, history, report } = choices;
  const [chats, moderates, mine] = [
    deeds.can("chat"),
    deeds.can("moderate"),
    deeds.isMine(message),
  ];
  const reacted = message.reactions?.length;
  return html`${chats ? signRow(message, choices) : nothing}
    ${chats ? menuItem({ words: t("Reply"), icon: "reply", run: () => reply(message) }) : nothing}
    ${chats && mine && !message.poll ? menuItem({ words: t("Edit"), icon: "edit", run: () => edit(message) }) : nothing}
    ${menuItem({ words: t("Copy"), icon: "copy", run: () => void deeds.copy(message) })}
    ${moderates ? menuItem({ words: message.pinned ? t("Unpin") : t("Pin"), icon: "pin", run: () => void deeds.pin(message) }) : nothing}
    ${reacted ? menuItem({ words: t("Who reacted"), icon: "people", run: () => whoReacted(message) }) : nothing}
    ${moderates && message.edited_at ? menuItem({ words: t("What it said before"), icon: "clock", run: () => history(message) }) : nothing}
    ${mine ? nothing : menuItem({ words: t("Report…"), icon: "flag", run: () => report(message) })}
    ${chats && (mine || moderates) ? menuItem({ words: t("Delete"), icon: "trash", bad: true, run: () => void deeds.delete(message) }) : nothing}`;
}
