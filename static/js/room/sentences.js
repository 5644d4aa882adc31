/** What somebody did, as a whole sentence: one for oneself and one for others, in any language. Pure. */

import { number, t, tp } from "../lib/words.js";
import { EVENING_DEEDS } from "./evening/said.js";
import { ORDER_DEEDS } from "./order-deeds.js";
import { rightDeed } from "./right-deeds.js";

/** @typedef {import("./types.js").Part} Part */
/** @typedef {Record<string, any>} Facts what the server tells of a deed */
/**
 * @typedef {{b: string} | null} Who the doer's name; null is oneself
 * @typedef {{icon: string, parts: Part[]}} Sentence
 */

/** @param {string} icon @param {Part[]} parts @returns {Sentence} */
const line = (icon, parts) => ({ icon, parts });

/** @param {number} rate */
export const rateText = (rate) => `${number(rate, { maximumFractionDigits: 2 })}×`;

/** @param {string | null | undefined} title */
const film = (title) => ({ b: title ?? t("a film") });

/** @type {Record<string, (facts: Facts, who: Who) => Sentence>} */
export const DEEDS = {
  ...ORDER_DEEDS,
  ...EVENING_DEEDS,
  play: (_, who) => line("play", who ? tp("{who} pressed play", { who }) : [t("You pressed play")]),
  pause: ({ position }, who) => {
    const time = { time: position };
    return line(
      "pause",
      who ? tp("{who} paused at {time}", { who, time }) : tp("You paused at {time}", { time }),
    );
  },
  seek: ({ position, back }, who) => {
    const time = { time: position };
    if (back)
      return line(
        "retry",
        who
          ? tp("{who} jumped back to {time}", { who, time })
          : tp("You jumped back to {time}", { time }),
      );
    return line(
      "retry",
      who ? tp("{who} jumped to {time}", { who, time }) : tp("You jumped to {time}", { time }),
    );
  },
  rate: ({ rate }, who) => {
    const speed = { b: rateText(rate) };
    return line(
      "clock",
      who
        ? tp("{who} set the speed to {speed}", { who, speed })
        : tp("You set the speed to {speed}", { speed }),
    );
  },
  load: ({ item_id, title: name }, who) => {
    if (!item_id)
      return line(
        "film",
        who ? tp("{who} took the film off", { who }) : [t("You took the film off")],
      );
    const title = film(name);
    return line(
      "film",
      who ? tp("{who} started {title}", { who, title }) : tp("You started {title}", { title }),
    );
  },
  added: ({ title: name }, who) => {
    const title = { b: name };
    return line(
      "queue",
      who ? tp("{who} added {title}", { who, title }) : tp("You added {title}", { title }),
    );
  },
  removed: ({ title: name }, who) => {
    const title = { b: name };
    return line(
      "film",
      who
        ? tp("{who} removed {title} while it was on", { who, title })
        : tp("You removed {title} while it was on", { title }),
    );
  },
  joined: (_, who) => line("people", who ? tp("{who} joined", { who }) : [t("You joined")]),
  left: (_, who) => line("leave", who ? tp("{who} left", { who }) : [t("You left")]),
  kicked: ({ display_name }, who) => {
    const name = { b: display_name };
    return line(
      "leave",
      who ? tp("{who} removed {name}", { who, name }) : tp("You removed {name}", { name }),
    );
  },
  right: rightDeed,
  stands_in: (_, who) =>
    line(
      "remote",
      who
        ? tp("{who} stands in for the host and has the remote", { who })
        : [t("You stand in for the host and have the remote")],
    ),
  role: ({ display_name, role }, who) => line("crown", gave(role, who, { b: display_name })),
  renamed: ({ title: name }, who) => {
    const title = { b: name };
    return line(
      "settings",
      who
        ? tp("{who} called the room {title}", { who, title })
        : tp("You called the room {title}", { title }),
    );
  },
};

/** @param {string | null | undefined} title @returns {Sentence} */
export const nextFilm = (title) => line("film", tp("Next: {title}", { title: film(title) }));

/** @param {string} title @returns {Sentence} */
export const filmRemoved = (title) =>
  line("film", tp("{title} was removed while it was on", { title: { b: title } }));

/** Deleted while it was on, and nothing comes after it. @returns {Sentence} */
export const filmGone = () =>
  line("warning", [t("The film is gone: whoever brought it took it away")]);

/** @param {string | null | undefined} title @returns {Sentence} */
export const eveningBegins = (title) =>
  line("clock", tp("The evening begins: {title}", { title: film(title) }));

/**
 * Roles are given in a sentence each: not every language can put a role's name into one.
 * @param {string} role
 * @param {Who} who
 * @param {{b: string}} name
 * @returns {Part[]}
 */
function gave(role, who, name) {
  if (role === "owner")
    return who ? tp("{who} made {name} host", { who, name }) : tp("You made {name} host", { name });
  if (role === "moderator")
    return who
      ? tp("{who} made {name} moderator", { who, name })
      : tp("You made {name} moderator", { name });
  if (role === "member")
    return who
      ? tp("{who} made {name} member", { who, name })
      : tp("You made {name} member", { name });
  return who ? tp("{who} made {name} guest", { who, name }) : tp("You made {name} guest", { name });
}

/**
 * @param {string} role
 * @param {Who} who
 * @returns {Part[]}
 */
export function hasRole(role, who) {
  if (role === "owner") return who ? tp("{who} is now host", { who }) : [t("You are now host")];
  if (role === "moderator")
    return who ? tp("{who} is now moderator", { who }) : [t("You are now moderator")];
  if (role === "member")
    return who ? tp("{who} is now member", { who }) : [t("You are now member")];
  return who ? tp("{who} is now guest", { who }) : [t("You are now guest")];
}
