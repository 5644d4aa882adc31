/** Which microphone and speaker one talks with, and a test of them: the part that needs no room. */

import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { t } from "../lib/words.js";
import { Microphone } from "./microphone.js";

/** @typedef {import("./kept.js").Kept} Kept */

export class SoundChoices {
  /** @type {MediaDeviceInfo[]} */
  #devices = [];
  #level = 0;
  #problem = "";
  /** @type {Microphone | null} */
  #test = null;

  /**
   * @param {Kept} kept
   * @param {object} parts
   * @param {() => void} parts.draw something that `content` shows is different
   * @param {() => void} [parts.microphoneChosen] another microphone, or other headphones
   * @param {(speaker: string) => void} [parts.speakerChosen]
   * @param {AbortSignal} parts.signal lets the microphone go
   */
  constructor(kept, { draw, microphoneChosen = () => {}, speakerChosen = () => {}, signal }) {
    this.kept = kept;
    this.draw = draw;
    this.microphoneChosen = microphoneChosen;
    this.speakerChosen = speakerChosen;
    signal.addEventListener("abort", () => this.#test?.close(), { once: true });
    navigator.mediaDevices?.addEventListener?.("devicechange", () => void this.list(), { signal });
  }

  /** Devices have names only once a microphone was allowed. */
  async list() {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    this.draw();
  }

  content() {
    const { choices } = this.kept;
    return html`${this.#choice(t("Microphone"), "audioinput", choices.microphone, (microphone) => this.#pick({ microphone }))}
      ${"setSinkId" in HTMLMediaElement.prototype ? this.#choice(t("Speaker"), "audiooutput", choices.speaker, (speaker) => this.#speak(speaker)) : nothing}
      ${this.#tester()}
      ${setting(t("I wear headphones"), t("No echo to take out: voices sound fuller"), choices.headphones, (headphones) => this.#pick({ headphones }))}`;
  }

  /**
   * @param {string} label
   * @param {MediaDeviceKind} kind
   * @param {string} chosen
   * @param {(id: string) => void} take
   */
  #choice(label, kind, chosen, take) {
    const found = this.#devices.filter((one) => one.kind === kind && one.deviceId !== "default");
    const isThere = found.some(({ deviceId }) => deviceId === chosen);
    const isGone = chosen !== "" && !isThere && found.some(({ deviceId }) => deviceId);
    const id = `voice-${kind}`;
    const pick = (/** @type {any} */ event) => take(event.target.value);
    return html`<div class="field-group"><label class="label" for=${id}>${label}</label>
      <div class="field"><select id=${id} .value=${isThere ? chosen : ""} @change=${pick}>
        <option value="" ?selected=${!isThere}>${t("The system's")}</option>
        ${repeat(
          found.filter(({ deviceId }) => deviceId),
          ({ deviceId }) => deviceId, // a node kept for another device would keep its choice
          ({ deviceId, label: name }, at) =>
            html`<option value=${deviceId} ?selected=${deviceId === chosen}>${name || `${label} ${at + 1}`}</option>`,
        )}</select></div>${isGone ? html`<p class="hint">${t("The one you chose is not plugged in. The system's is used until it is back.")}</p>` : nothing}</div>`;
  }

  #tester() {
    const testing = this.#test !== null;
    return html`<div class="setting"><span class="tx"><b>${t("Test the microphone")}</b><span role="status">${this.#problem || (testing ? t("Say something: the bar should move") : t("Nobody hears it"))}</span></span>
      <meter class="mic-level" min="0" max="0.3" .value=${this.#level} aria-label=${t("How loud you are")}></meter>
      <button class="btn btn-quiet btn-40" type="button" @click=${() => (testing ? this.endTest() : void this.#begin())}>${testing ? t("Stop") : t("Test")}</button></div>`;
  }

  async #begin() {
    this.#problem = "";
    const microphone = new Microphone({
      onLevel: (level) => {
        this.#level = level;
        this.draw();
      },
      onLost: () => this.endTest(),
    });
    this.#test = microphone;
    const { microphone: deviceId, headphones } = this.kept.choices;
    try {
      await microphone.open({ deviceId, headphones });
      await this.list();
    } catch (error) {
      if (this.#test !== microphone) return; // it was stopped before it was there
      this.#problem = /** @type {Error} */ (error).message;
      this.endTest();
    }
  }

  endTest() {
    this.#test?.close();
    this.#test = null;
    this.#level = 0;
    this.draw();
  }

  /** @param {Partial<import("./kept.js").Choices>} change */
  #pick(change) {
    this.kept.change(change);
    this.draw();
    this.microphoneChosen();
    if (this.#test) {
      this.endTest();
      void this.#begin();
    }
  }

  /** @param {string} speaker */
  #speak(speaker) {
    this.kept.change({ speaker });
    this.draw();
    this.speakerChosen(speaker);
  }
}

/**
 * A switch with its name and a line about it.
 * @param {string} words
 * @param {string} note
 * @param {boolean} on
 * @param {(on: boolean) => void} flip
 */
export const setting = (words, note, on, flip) =>
  html`<label class="setting"><span class="tx"><b>${words}</b><span>${note}</span></span>
    <input class="switch" type="checkbox" role="switch" .checked=${on} @change=${(/** @type {any} */ event) => flip(event.target.checked)}></label>`;
