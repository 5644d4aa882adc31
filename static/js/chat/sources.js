/** What the line one writes in can offer: people behind an `@`, commands behind a `/`, emotes behind a `:`. */

import { html, nothing } from "lit";
import { t } from "../lib/words.js";
import { face } from "../room/ui.js";
import { commandsFor } from "./commands.js";
import {
  askedAt,
  beginning,
  commandAskedAt,
  emoteAskedAt,
  matching,
  namesBeginning,
} from "./completion.js";
import { EMOJI } from "./emoji-names.js";
import { picture } from "./emotes.js";

/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {import("./completer.js").Source} Source */

/** @param {() => Person[]} people who could be meant @returns {Source} */
export const peopleSource = (people) => ({
  sign: "@",
  asked: askedAt,
  options: (query) =>
    matching(people(), query).map((person) => ({
      put: person.display_name,
      shown: shownPerson(person),
    })),
});

/** @param {Person} person */
const shownPerson = (person) =>
  html`${person.id ? face(person, 28) : html`<span class="at-all" aria-hidden="true">@</span>`}<span class="ellipsis" dir="auto">${person.display_name}</span>${person.id ? nothing : html`<span class="dim">${t("everybody here")}</span>`}`;

/** @param {(capability: string) => boolean} can @returns {Source} */
export const commandSource = (can) => ({
  sign: "/",
  asked: commandAskedAt,
  options: (query) =>
    beginning(commandsFor(can), query).map((command) => ({
      put: command.name,
      shown: shownCommand(command),
    })),
});

/** @param {import("./command-list.js").Command} command */
const shownCommand = ({ name, takes, does }) =>
  html`<span class="at-command"><span><b>/${name}</b> <span class="dim">${takes()}</span></span><span class="dim">${does()}</span></span>`;

/** The room's own stay names in the words; an emoji takes their place. @param {() => import("./emotes.js").Emotes} emotes @returns {Source} */
export const emoteSource = (emotes) => ({
  sign: "",
  asked: emoteAskedAt,
  options: (query) =>
    namesBeginning([...emotes().keys()], Object.keys(EMOJI), query).map((name) => {
      const own = emotes().get(name);
      const shown = own
        ? picture(own, "")
        : html`<span class="at-emoji" aria-hidden="true">${EMOJI[name]}</span>`;
      return { put: own ? `:${name}:` : EMOJI[name], shown: html`${shown}<span>:${name}:</span>` };
    }),
});
