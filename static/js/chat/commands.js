/** Commands behind a `/`: who may use them, and what written ones ask for. Nothing is done here. Pure. */

import { t } from "../lib/words.js";
import { CommandError, refuse } from "./command-args.js";
import { COMMANDS } from "./command-list.js";

/** @typedef {import("../room/types.js").Person} Person */
/** @typedef {import("./command-list.js").Act} Act */
/** @typedef {{people: Person[], atS: number | null, can: (capability: string) => boolean, holders: (capability: string) => string}} Around `holders`: who can give a capability, in words */

/** Those a person may use. @param {(capability: string) => boolean} can */
export const commandsFor = (can) => COMMANDS.filter(({ needs }) => !needs || can(needs));

/**
 * What words ask for that begin with a `/`. Two of them say the words behind the first.
 * @param {string} text
 * @param {Around} around
 * @returns {Act | null} null: they are just words
 * @throws {CommandError} in words for whoever wrote it
 */
export function read(text, { people, atS, can, holders }) {
  if (!text.startsWith("/")) return null;
  if (text.startsWith("//")) return { do: "say", body: text.slice(1) };
  const [, name, words] = /^\/(\S*)\s*([\s\S]*)$/u.exec(text) ?? ["", "", ""];
  const command = COMMANDS.find((one) => one.name === name.toLowerCase());
  if (!command)
    return refuse(
      t("There is no /{name}. Write /help for all commands, or // to begin words with a /.", {
        name,
      }),
    );
  if (command.needs && !can(command.needs))
    return refuse(
      t("You may not use /{name} here. Only {who} can let you.", {
        name: command.name,
        who: holders(command.needs),
      }),
    );
  return command.read(words.trim(), { name: command.name, people, atS });
}

export { COMMANDS, CommandError };
