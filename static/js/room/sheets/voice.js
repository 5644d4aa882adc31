/** What one chose for talking: microphone, speaker, a test, the film's loudness, the route. */

import { html, nothing, render } from "lit";
import { toastError } from "../../components/toast.js";
import { t } from "../../lib/words.js";
import { hidingNote } from "../../voice/relay.js";
import { SoundChoices, setting } from "../../voice/sound-choices.js";
import { keyOf } from "../keys.js";
import { lineOf } from "../line.js";
import { lineBars } from "../line-bars.js";
import { drawing, glyph } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../../voice/call.js").Call} Call */
/** @typedef {import("../../voice/kept.js").Kept} Kept */

export class VoiceSheet {
  /** @type {import("../../voice/types.js").Ice | null} */
  #ice = null;
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
    this.sound = new SoundChoices(kept, {
      draw: this.#draw,
      microphoneChosen: () => void call.switchMicrophone(),
      speakerChosen: route,
      signal: ctx.signal,
    });
    closed(() => this.sound.endTest());
    call.state.subscribe(() => body.checkVisibility() && this.#draw(), ctx.signal);
  }

  open() {
    this.#draw();
    void this.sound.list();
    void this.#ask();
  }

  /** Whether there is a relay here at all. */
  async #ask() {
    if (!this.ctx.room.value.me.capabilities.includes("voice")) return;
    this.#ice = await this.ctx.api.ice().catch(() => null);
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
      ${this.sound.content()}
      ${setting(t("Join muted"), keyOf("talk") ? t("Talk while you hold {key} or the button", { key: keyOf("talk") }) : t("Talk while you hold the button"), choices.joinMuted, (joinMuted) => this.#change({ joinMuted }))}
      ${setting(t("Lower the film while people talk"), t("Your own loudness stays as it is"), choices.ducking, (ducking) => this.#change({ ducking }))}
      ${choices.ducking ? this.#depth(choices.duckDepth) : nothing}
      ${setting(t("Sound when somebody comes or goes"), t("Two soft notes, in the call only"), choices.sounds, (sounds) => this.#change({ sounds }))}
      ${setting(t("Hide my network address"), hidingNote(this.#ice, choices), choices.relayOnly, (relayOnly) => this.#hide(relayOnly))}
      ${may ? html`<button class="btn btn-quiet btn-40" type="button" @click=${() => this.#hush()}>${glyph("mic-off")}${t("Ask everyone to mute")}</button>` : nothing}</div>`;
  }

  /** What a phone's strip has no room for: one's own line in words, and hearing nobody. */
  #inCall() {
    const { phase, deafened } = this.call.state.value;
    if (phase !== "in") return nothing;
    const { me } = this.ctx.room.value;
    const line = lineOf(this.ctx.room.value, me.user.id, this.call);
    return html`${line ? html`<p class="setting">${lineBars(line)}<span>${line.words}</span></p>` : nothing}
      ${setting(t("Deafen"), t("Hear nobody, and be heard by nobody"), deafened, (on) => this.call.deafen(on))}`;
  }

  /** @param {number} depth */
  #depth(depth) {
    const slide = (/** @type {any} */ event) =>
      this.#change({ duckDepth: 1 - Number(event.target.value) / 100 });
    const lowered = Math.round((1 - depth) * 100);
    return html`<label class="setting"><span class="tx"><b>${t("How much lower")}</b><span class="num">${t("{n} percent", { n: lowered })}</span></span>
      <input class="range" type="range" min="20" max="100" step="5" .value=${String(lowered)} @input=${slide}></label>`;
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
