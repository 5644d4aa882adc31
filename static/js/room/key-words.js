/** That a key is taken, for each action of the table: a whole sentence, or the start of one. Pure. */

import { t } from "../lib/words.js";

/** @type {Record<string, (key: string) => string>} by the action's id */
const TAKEN = {
  toggle: (key) => t("{key} already plays and pauses", { key }),
  back10: (key) => t("{key} already goes back 10 seconds", { key }),
  on10: (key) => t("{key} already goes on 10 seconds", { key }),
  back5: (key) => t("{key} already goes back 5 seconds", { key }),
  on5: (key) => t("{key} already goes on 5 seconds", { key }),
  back1: (key) => t("{key} already goes back one frame", { key }),
  on1: (key) => t("{key} already goes on one frame", { key }),
  tenths: (key) => t("{key} already jumps to a tenth of the film", { key }),
  start: (key) => t("{key} already jumps to the start", { key }),
  end: (key) => t("{key} already jumps to the end", { key }),
  slower: (key) => t("{key} already slows the film down", { key }),
  faster: (key) => t("{key} already speeds the film up", { key }),
  next: (key) => t("{key} already plays what comes next", { key }),
  resync: (key) => t("{key} already gets you back in step", { key }),
  louder: (key) => t("{key} already makes it louder", { key }),
  quieter: (key) => t("{key} already makes it quieter", { key }),
  mute: (key) => t("{key} already mutes the film", { key }),
  captions: (key) => t("{key} already shows captions", { key }),
  full: (key) => t("{key} already fills the screen", { key }),
  theatre: (key) => t("{key} already opens the theatre", { key }),
  pip: (key) => t("{key} already opens picture in picture", { key }),
  talk: (key) => t("{key} already lets you talk", { key }),
  mic: (key) => t("{key} already mutes your microphone", { key }),
  deafen: (key) => t("{key} already deafens you", { key }),
  chat: (key) => t("{key} already leads into the chat", { key }),
  react: (key) => t("{key} already opens the reactions", { key }),
  help: (key) => t("{key} already opens this list", { key }),
  escape: (key) => t("{key} already closes what is open", { key }),
};

/**
 * "K already plays and pauses"
 * @param {string} id of the action that has the key
 * @param {string} key as people call it
 */
export const takenText = (id, key) => TAKEN[id]?.(key) ?? key;
