/** What one chose for talking: microphone, speaker, a test, the film's loudness, the route. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { toastError } from "../../components/toast.js";
import { t } from "../../lib/words.js";
import { Microphone } from "../../voice/microphone.js";
import { hidingNote } from "../../voice/relay.js";
import { keyOf } from "../keys.js";
import { lineOf } from "../line.js";
import { lineBars } from "../line-bars.js";
import { drawing, glyph } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../../voice/call.js").Call} Call */
/** @typedef {import("../../voice/kept.js").Kept} Kept */

export class VoiceSheet {
  /** @type {MediaDeviceInfo[]} */
  #devices = [];
  #level = 0;
  #problem = "";
  /** @type {import("../../voice/types.js").Ice | null} */
  #ice = null;
  /** @type {Microphone | null} */
  #test = null;
  #draw = drawing(() => render(this.#content(), this.body));

  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   * @param {{call: Call, kept: Kept, route: (speaker: string) => void, closed: (then: () => void) => void}} parts
   */
  constructor(ctx, body, { call, kept, route, closed }) {
    this.ctx = ctx;
    this.body = body;
    this.call = call;
    this.kept = kept;
    this.route = route;
    closed(() => this.#endTest());
    ctx.signal.addEventListener("abort", () => this.#test?.close(), { once: true });
    call.state.subscribe(() => body.checkVisibility() && this.#draw(), ctx.signal);
    navigator.mediaDevices?.addEventListener?.("devicechange", () => void this.#list(), {
      signal: ctx.signal,
    });
  }

  open() {
    this.#draw();
    void this.#list();
    void this.#ask();
  }

  /** Whether there is a relay here at all. */
  async #ask() {
    if (!this.ctx.room.value.me.capabilities.includes("voice")) return;
    this.#ice = await this.ctx.api.ice().catch(() => null);
    this.#draw();
  }

  /** Devices have names only once a microphone was allowed. */
  async #list() {
    this.#devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? [];
    this.#draw();
  }

  /** @param {Partial<import("../../voice/kept.js").Choices>} change */
  #change(change) {
    this.kept.change(change);
    this.#draw();
  }

  #content() {
    const { choices } = this.kept;
    const may = this.ctx.room.value.me.capabilities.includes("moderate");
    return html`<div class="form">${this.#inCall()}
      ${this.#choice(t("Microphone"), "audioinput", choices.microphone, (microphone) => this.#pick({ microphone }))}
      ${"setSinkId" in HTMLMediaElement.prototype ? this.#choice(t("Speaker"), "audiooutput", choices.speaker, (speaker) => this.#speak(speaker)) : nothing}
      ${this.#tester()}
      ${this.#switch(t("I wear headphones"), t("No echo to take out: voices sound fuller"), choices.headphones, (headphones) => this.#pick({ headphones }))}
      ${this.#switch(t("Join muted"), keyOf("talk") ? t("Talk while you hold {key} or the button", { key: keyOf("talk") }) : t("Talk while you hold the button"), choices.joinMuted, (joinMuted) => this.#change({ joinMuted }))}
      ${this.#switch(t("Lower the film while people talk"), t("Your own loudness stays as it is"), choices.ducking, (ducking) => this.#change({ ducking }))}
      ${choices.ducking ? this.#depth(choices.duckDepth) : nothing}
      ${this.#switch(t("Sound when somebody comes or goes"), t("Two soft notes, in the call only"), choices.sounds, (sounds) => this.#change({ sounds }))}
      ${this.#switch(t("Hide my network address"), hidingNote(this.#ice, choices), choices.relayOnly, (relayOnly) => this.#hide(relayOnly))}
      ${may ? html`<button class="btn btn-quiet btn-40" type="button" @click=${() => this.#hush()}>${glyph("mic-off")}${t("Ask everyone to mute")}</button>` : nothing}</div>`;
  }

  /** What a phone's strip has no room for: one's own line in words, and hearing nobody. */
  #inCall() {
    const { phase, deafened } = this.call.state.value;
    if (phase !== "in") return nothing;
    const { me } = this.ctx.room.value;
    const line = lineOf(this.ctx.room.value, me.user.id, this.call);
    return html`${line ? html`<p class="setting">${lineBars(line)}<span>${line.words}</span></p>` : nothing}
      ${this.#switch(t("Deafen"), t("Hear nobody, and be heard by nobody"), deafened, (on) => this.call.deafen(on))}`;
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
      <button class="btn btn-quiet btn-40" type="button" @click=${() => (testing ? this.#endTest() : void this.#begin())}>${testing ? t("Stop") : t("Test")}</button></div>`;
  }

  /**
   * @param {string} words
   * @param {string} note
   * @param {boolean} on
   * @param {(on: boolean) => void} flip
   */
  #switch(words, note, on, flip) {
    return html`<label class="setting"><span class="tx"><b>${words}</b><span>${note}</span></span>
      <input class="switch" type="checkbox" role="switch" .checked=${on} @change=${(/** @type {any} */ event) => flip(event.target.checked)}></label>`;
  }

  /** @param {number} depth */
  #depth(depth) {
    const slide = (/** @type {any} */ event) =>
      this.#change({ duckDepth: 1 - Number(event.target.value) / 100 });
    const lowered = Math.round((1 - depth) * 100);
    return html`<label class="setting"><span class="tx"><b>${t("How much lower")}</b><span class="num">${t("{n} percent", { n: lowered })}</span></span>
      <input class="range" type="range" min="20" max="100" step="5" .value=${String(lowered)} @input=${slide}></label>`;
  }

  async #begin() {
    this.#problem = "";
    const microphone = new Microphone({
      onLevel: (level) => {
        this.#level = level;
        this.#draw();
      },
      onLost: () => this.#endTest(),
    });
    this.#test = microphone;
    const { microphone: deviceId, headphones } = this.kept.choices;
    try {
      await microphone.open({ deviceId, headphones });
      await this.#list();
    } catch (error) {
      if (this.#test !== microphone) return; // it was stopped before it was there
      this.#problem = /** @type {Error} */ (error).message;
      this.#endTest();
    }
  }

  #endTest() {
    this.#test?.close();
    this.#test = null;
    this.#level = 0;
    this.#draw();
  }

  /** @param {Partial<import("../../voice/kept.js").Choices>} change */
  #pick(change) {
    this.#change(change);
    void this.call.switchMicrophone();
    if (this.#test) {
      this.#endTest();
      void this.#begin();
    }
  }

  /** @param {string} speaker */
  #speak(speaker) {
    this.#change({ speaker });
    this.route(speaker);
  }

  /** @param {boolean} relayOnly */
  #hide(relayOnly) {
    this.#change({ relayOnly });
    void this.call.switchRoute();
  }

  #hush() {
    this.ctx.link.request({ type: "voice:hush" }).catch(toastError);
  }
}
