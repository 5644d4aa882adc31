/** The list of keys with what they do, where one also changes them: in the room's sheet and on the account page. */

import { html, nothing, render } from "lit";
import { t } from "../../lib/words.js";
import { asItCame, assigned } from "../keymap.js";
import { keepKeys, keyChoice, switchKeys } from "../keystore.js";
import { changes, heard } from "../recorder.js";
import { glyph } from "../ui.js";
import { keyRow, placeSelector } from "./key-row.js";

/** @typedef {import("./key-row.js").Place} Place */

const hint = () => t("Press the new key. Esc leaves it as it is, Backspace takes the key away");
const SWITCH = "[data-keys-switch]";

export class KeyList {
  /** @type {import("./key-row.js").RowState} */
  #state = { recording: null, asking: null, said: "" };
  /** Space was just given: letting it go must not press the button. */
  #spaceIsDown = false;

  /**
   * @param {HTMLElement} body
   * @param {AbortSignal} signal
   */
  constructor(body, signal) {
    this.body = body;
    keyChoice.subscribe(() => this.#draw(), signal);
  }

  open() {
    this.#say("");
  }

  #draw() {
    const { off, actions } = keyChoice.value;
    const groups = [...new Set(actions.map(({ group }) => group))];
    const flip = (/** @type {any} */ event) => switchKeys(!event.target.checked);
    const row = (/** @type {import("../keymap.js").Bound} */ action) =>
      keyRow(action, this.#state, this.#acts);
    render(
      html`<label class="setting"><span class="tx"><b>${t("Keys in a room")}</b><span>${off ? t("Off: only Esc still does what it says") : t("When off, nothing pressed by chance moves the film")}</span></span>
        <input class="switch" type="checkbox" role="switch" data-keys-switch .checked=${!off} @change=${flip}></label>
      <p class="sr" role="status" data-keys-said>${this.#state.said}</p>
      <div class="keys ${off ? "is-off" : ""}">${groups.map(
        (name) => html`<section><h3 class="cap">${name}</h3>
        <ul>${actions.filter(({ group }) => group === name).map(row)}</ul></section>`,
      )}</div>
      ${actions.some(({ own }) => own) ? this.#resetAll() : nothing}`,
      this.body,
    );
  }

  #resetAll() {
    return html`<p class="keys-end"><button class="btn btn-quiet btn-40" type="button" data-keys-reset
      @click=${() => this.#keep({}, SWITCH)}>${glyph("retry")}${t("All as they came")}</button></p>`;
  }

  /** @type {import("./key-row.js").RowActs} */
  #acts = {
    record: (recording) => this.#say(hint(), { recording }),
    press: (event) => this.#press(event),
    let: (event) => {
      if (event.key === " " && this.#spaceIsDown) event.preventDefault();
      this.#spaceIsDown = false;
    },
    blur: () => this.#say(""),
    leave: () => {
      const { asking } = this.#state;
      this.#say(t("As it was"));
      if (asking) this.#focus(placeSelector(asking));
    },
    swap: () => {
      const { asking } = this.#state;
      if (!asking) return;
      const { id, place, chord } = asking;
      this.#keep(assigned(keyChoice.value.own, id, place, chord), placeSelector(asking));
    },
    reset: (id) => this.#keep(asItCame(keyChoice.value.own, id), placeSelector({ id, place: 0 })),
  };

  /** @param {KeyboardEvent} event */
  #press(event) {
    const at = /** @type {Place} */ (this.#state.recording);
    const { own, actions } = keyChoice.value;
    const result = heard(actions, at.id, event);
    event.stopPropagation();
    if (result.kind === "move on") return this.#say("");
    event.preventDefault();
    this.#spaceIsDown = event.key === " ";
    const give = (/** @type {string} */ chord) => this.#keep(assigned(own, at.id, at.place, chord));
    if (result.kind === "cancel") this.#say(t("As it was"));
    else if (result.kind === "refuse") this.#say(result.words, { recording: at });
    else if (result.kind === "clear") give("");
    else if (result.kind === "take") give(result.chord);
    else if (result.kind === "ask") this.#ask({ ...at, ...result });
  }

  /** @param {Place & {chord: string, words: string}} asking */
  #ask(asking) {
    this.#say(t("{has}. Swap?", { has: asking.words }), { asking });
    this.#focus("[data-keys-swap]");
  }

  /**
   * @param {import("../keymap.js").Own} own
   * @param {string} [then] what has the focus afterwards
   */
  #keep(own, then) {
    const before = keyChoice.value.actions;
    keepKeys(own);
    this.#say(changes(before, keyChoice.value.actions));
    if (then) this.#focus(then);
  }

  /**
   * @param {string} said
   * @param {{recording?: Place, asking?: Place & {chord: string, words: string}}} [more] what goes on
   */
  #say(said, { recording = undefined, asking = undefined } = {}) {
    this.#state = { said, recording: recording ?? null, asking: asking ?? null };
    this.#draw();
  }

  /** @param {string} selector */
  #focus(selector) {
    /** @type {HTMLElement | null} */ (this.body.querySelector(selector))?.focus();
  }
}
