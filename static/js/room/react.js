/** Reacting: the button with its reactions, what floats when somebody does, and the words for it. */

import { toastError } from "../components/toast.js";
import { need } from "../lib/dom.js";
import { Floats } from "./floats.js";
import { Spoken } from "./reaction-words.js";
import { Outgoing } from "./reactions.js";
import { time } from "./time.js";
import { Tray } from "./tray.js";
import { setText } from "./ui.js";
import { nameOf } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {{root: HTMLElement, film: HTMLElement}} parts
 * @returns {() => void} opens the reactions, or closes them
 */
export function mountReactions({ link, room, remote, me: line, signal }, { root, film }) {
  const floats = new Floats(need("[data-floats]", film), time);
  const said = need("[data-react-said]", film);
  const spoken = new Spoken({ ...time, say: (words) => setText(said, words) });
  const me = () => room.value.me.user.id;
  const outgoing = new Outgoing({
    ...time,
    send: (emoji, count) => link.request({ type: "react:burst", emoji, count }),
  });
  outgoing.onRefused = toastError;

  const show = (/** @type {string} */ by, /** @type {string} */ emoji, count = 1) => {
    if (!count) return;
    floats.show(emoji, count);
    spoken.add(nameOf(room.value, by), emoji);
  };
  const press = (/** @type {string} */ emoji) => {
    show(me(), emoji);
    outgoing.press(emoji);
  };
  const heard = link.on("react:burst", ({ by, emoji, count }) => {
    if (!line.isHidden(by)) show(by, emoji, by === me() ? outgoing.echo(emoji, count) : count);
  });
  signal.addEventListener("abort", heard, { once: true });

  const tray = new Tray(room.value.reactions, press, film, signal);
  const buttons = /** @type {HTMLElement[]} */ ([...root.querySelectorAll("[data-react]")]);
  for (const button of buttons) tray.openedBy(button, signal);
  const draw = () => {
    for (const button of buttons)
      button.hidden = !room.value.reactions.length || !remote.can("chat");
  };
  room.subscribe(draw, signal);
  draw();
  return () => {
    const usable = buttons.filter(({ hidden }) => !hidden);
    if (usable.length) tray.toggle(usable.find((one) => one.checkVisibility()) ?? film);
  };
}
