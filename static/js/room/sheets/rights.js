/** Who may do what: the room's table, and below it the people it does not hold for. For everybody to read. */

import { html, nothing, render } from "lit";
import { repeat } from "lit/directives/repeat.js";
import { toastError } from "../../components/toast.js";
import { t } from "../../lib/words.js";
import { give } from "../managing.js";
import { CAPABILITIES, mayChange, ROLES } from "../rights.js";
import { capabilityText, signOf } from "../rights-words.js";
import { tick } from "../ticking.js";
import { drawing, face, glyph } from "../ui.js";
import { nameOf, roleText } from "../words.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../types.js").Member} Member */
/** @typedef {import("../types.js").Right} Right */

export class RightsSheet {
  /** Everybody of the room, also who is away; null until they are known. @type {Map<string, Member> | null} */
  #people = null;

  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   */
  constructor(ctx, body) {
    this.ctx = ctx;
    this.body = body;
    this.draw = drawing(() => this.#shown && this.#draw());
    const stop = ctx.link.on("applied", ({ event }) => this.#heard(event));
    ctx.signal.addEventListener("abort", stop, { once: true });
    ctx.room.subscribe(this.draw, ctx.signal);
    tick(ctx, this.draw);
  }

  get #shown() {
    return this.body.closest("dialog")?.open ?? false;
  }

  async open() {
    this.#draw();
    try {
      /** @type {Member[]} */
      const people = (await this.ctx.api.members()).results;
      this.#people = new Map(people.map((one) => [one.user.id, one]));
    } catch (error) {
      toastError(error);
    }
    this.#draw();
  }

  /** @param {import("../types.js").Frame} event */
  #heard({ type, member, user_id, reason }) {
    if (type === "room:member:updated") this.#people?.set(member.user.id, member);
    if (type === "room:member:left" && reason !== "gone") this.#people?.delete(user_id);
    this.draw();
  }

  #draw() {
    const { room } = this.ctx.room.value;
    render(
      html`<p class="dim rights-lead">${t("What each role may do in this room. The host can change it for one person, also for a time.")}</p>
      <table class="rights"><thead><tr><td></td>${ROLES.map((role) => html`<th scope="col">${roleText(role)}</th>`)}</tr></thead>
        <tbody>${CAPABILITIES.map((one) => html`<tr><th scope="row">${capabilityText(one)}</th>${ROLES.map((role) => cell(room.capabilities?.[role]?.includes(one) ?? false))}</tr>`)}</tbody></table>
      <h3 class="rights-title">${t("Exceptions")}</h3>${this.#exceptions()}`,
      this.body,
    );
  }

  #exceptions() {
    const now = this.ctx.conductor.clock.now();
    const known = new Map(this.#people ?? []);
    for (const one of this.ctx.room.value.members) known.set(one.user.id, one);
    const rows = [...known.values()].flatMap((member) =>
      (member.rights ?? [])
        .filter(({ until }) => until === null || until > now)
        .map((right) => ({ member, right, key: `${member.user.id} ${right.capability}` })),
    );
    if (!rows.length)
      return html`<p class="dim">${t("None: everybody may do what their role says.")}</p>`;
    return html`<ul class="rights-own">${repeat(
      rows,
      ({ key }) => key,
      (row) => this.#exception(row, now),
    )}</ul>`;
  }

  /**
   * @param {{member: Member, right: Right}} row
   * @param {number} now server time, ms
   */
  #exception({ member, right }, now) {
    const { room, api } = this.ctx;
    const { icon, words, left } = signOf(right, now);
    const { display_name, id } = member.user;
    const by = right.by && byText(room.value, right.by);
    const end = right.allowed ? t("Take back") : t("End it");
    const which = { name: display_name, right: words };
    const about = right.allowed
      ? t("Take back: {name}, {right}", which)
      : t("End it: {name}, {right}", which);
    return html`<li data-exception=${right.capability}>${face(member.user, 32)}
      <span class="tx"><bdi class="n ellipsis">${display_name}</bdi><span class="s">${glyph(icon)}${words}${left ? html` <span class="num">· ${left}</span>` : nothing}${by ? html`<span class="sep"></span>${by}` : nothing}</span></span>
      ${mayChange(room.value.me, member, right.capability, false) ? html`<button class="btn btn-quiet btn-40" type="button" aria-label=${about} @click=${() => void give(api, id, right.capability, null)}>${end}</button>` : nothing}</li>`;
  }
}

/**
 * @param {import("../types.js").RoomState} state
 * @param {string} userId who gave it
 */
const byText = (state, userId) =>
  userId === state.me.user.id ? t("from you") : t("from {name}", { name: nameOf(state, userId) });

/** In words for those who listen, as a mark for those who look. @param {boolean} yes */
const cell = (yes) =>
  html`<td class=${yes ? "is-yes" : ""}>${yes ? glyph("check") : html`<span aria-hidden="true">–</span>`}<span class="sr">${yes ? t("Yes") : t("No")}</span></td>`;
