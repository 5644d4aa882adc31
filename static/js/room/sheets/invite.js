/** The invite sheet: a link to send, what it allows, and the links that are still out. */

import "../../components/sw-qr.js";
import { html, nothing, render } from "lit";
import { toast, toastError } from "../../components/toast.js";
import { need, whileBusy } from "../../lib/dom.js";
import { ago, region } from "../../lib/format.js";
import { t, tn } from "../../lib/words.js";
import { friendsToInvite } from "../hidden.js";
import { glyph } from "../ui.js";
import { roleText } from "../words.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {{id: string, path: string, role: string, expires_at: string | null, max_uses: number | null, uses: number, state: string, created_at: string, created_by: import("../types.js").Person}} Invite */

const DAY_S = 86_400;
const lives = () => [
  ["3600", tn("{n} hour", "{n} hours", 1)],
  ...[1, 7].map((days) => [String(days * DAY_S), tn("{n} day", "{n} days", days)]),
  ["", t("No end")],
];
const guests = () => [
  ["", t("Anybody")],
  ...[1, 5, 20].map((most) => [String(most), tn("{n} person", "{n} people", most)]),
];
const FIRST = { role: "member", life: String(7 * DAY_S), uses: "" };
const ROLES_BELOW = /** @type {Record<string, string[]>} */ ({
  owner: ["moderator", "member", "guest"],
  moderator: ["member", "guest"],
  member: ["member", "guest"],
});

/**
 * What an invite allows, in words.
 * @param {Invite} invite
 */
export function limitsText({ role, expires_at, max_uses, uses }) {
  const left = max_uses === null ? "" : tn("{n} place left", "{n} places left", max_uses - uses);
  const until = expires_at
    ? t("until {when}", { when: new Date(expires_at).toLocaleString(region()) })
    : "";
  return [roleText(role), left, until].filter(Boolean).join(", ");
}

/** @param {{role: string, life: string, uses: string}} wish */
export const limitsOf = ({ role, life, uses }, nowMs = Date.now()) => ({
  role,
  expires_at: life ? new Date(nowMs + Number(life) * 1000).toISOString() : null,
  max_uses: uses ? Number(uses) : null,
});

export class InviteSheet {
  /** @type {Invite[]} */
  #invites = [];
  #wish = { ...FIRST };

  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   */
  constructor(ctx, body) {
    this.ctx = ctx;
    this.body = body;
  }

  async open() {
    const { remote, api } = this.ctx;
    if (!remote.can("invite")) {
      render(this.#bare(), this.body);
      return;
    }
    render(html`<p class="dim" role="status">${t("One moment…")}</p>`, this.body);
    try {
      const { results } = await api.invites();
      this.#invites = results.filter((/** @type {Invite} */ { state }) => state === "ok");
      if (!this.#invites.length) await this.#make();
      this.#draw();
    } catch (error) {
      toastError(error);
      render(this.#bare(), this.body);
    }
  }

  async #make() {
    this.#invites = [await this.ctx.api.invite(limitsOf(this.#wish)), ...this.#invites];
  }

  #bare() {
    const { room, boot } = this.ctx;
    if (room.value.room.visibility === "private" && !room.value.room.knocks)
      return html`<p class="dim">${t("Only invited people come in here, and only the host and members can invite. Ask one of them.")}</p>`;
    return html`<div class="inv"><p class="dim">${room.value.room.knocks && room.value.room.visibility === "private" ? t("Whoever opens this link asks at the door.") : t("Everybody who has this link can come in.")}</p>${this.#link(`/r/${boot.code}`)}</div>`;
  }

  /** @param {string} path */
  #link(path) {
    const address = `${location.origin}${path}`;
    const share = async () => {
      if (navigator.share && matchMedia("(any-hover: none)").matches)
        return navigator
          .share({ title: this.ctx.room.value.room.name, url: address })
          .catch(() => {});
      await navigator.clipboard?.writeText(address);
      toast(t("Link copied. Send it to your friends."), { kind: "ok" });
    };
    return html`<div class="inv-link"><div class="field"><input readonly aria-label=${t("Invite link")} data-invite-link .value=${address}
        @focus=${(/** @type {any} */ event) => event.target.select()}></div>
      <button class="btn btn-primary" type="button" data-copy @click=${share}>${glyph("copy")}${t("Copy")}</button></div>
    <div class="inv-qr"><sw-qr text=${address} label=${t("QR code of the link")}></sw-qr><p class="dim">${t("For somebody beside you: their phone’s camera opens the link.")}</p></div>`;
  }

  #draw() {
    const [newest, ...others] = this.#invites;
    const roles = ROLES_BELOW[this.ctx.room.value.me.role] ?? ["guest"];
    render(
      html`<div class="inv">${friendsToInvite(this.ctx)}${newest ? html`${this.#link(newest.path)}<p class="hint">${limitsText(newest)}</p>` : nothing}
      <div class="inv-limits">
        ${this.#choice(
          "role",
          t("Comes in as"),
          roles.map((role) => [role, roleText(role)]),
        )}
        ${this.#choice("life", t("Works for"), lives())}
        ${this.#choice("uses", t("Lets in"), guests())}</div>
      <button class="btn btn-quiet" type="button" data-new-invite @click=${(/** @type {any} */ event) => this.#fresh(event.currentTarget)}>${glyph("plus")}${t("New link")}</button>
      ${others.length ? html`<ul class="inv-old" aria-label=${t("Other links")}>${others.map((one) => this.#row(one))}</ul>` : nothing}
      ${newest ? html`<button class="btn btn-ghost btn-bad-text" type="button" @click=${() => this.#revoke(newest)}>${t("Take this link back")}</button>` : nothing}</div>`,
      this.body,
    );
  }

  /**
   * @param {"role" | "life" | "uses"} name
   * @param {string} label
   * @param {string[][]} options
   */
  #choice(name, label, options) {
    const pick = (/** @type {any} */ event) => {
      this.#wish = { ...this.#wish, [name]: event.target.value };
    };
    return html`<label class="field-group"><span class="label">${label}</span><span class="field"><select @change=${pick}>${options.map(
      ([value, words]) =>
        html`<option value=${value} ?selected=${value === this.#wish[name]}>${words}</option>`,
    )}</select></span></label>`;
  }

  /** @param {Invite} invite */
  #row(invite) {
    return html`<li><span class="tx"><b class="ellipsis">${limitsText(invite)}</b><span class="dim small">${invite.created_by.display_name}, ${ago(invite.created_at)}</span></span>
      <button class="btn btn-quiet btn-36" type="button" @click=${() => this.#revoke(invite)}>${t("Take back")}</button></li>`;
  }

  /** @param {HTMLElement} button */
  async #fresh(button) {
    await whileBusy(button, () => this.#make()).catch(toastError);
    this.#draw();
    need("[data-copy]", this.body).focus();
  }

  /** @param {Invite} invite */
  async #revoke(invite) {
    try {
      await this.ctx.api.uninvite(invite.id);
      this.#invites = this.#invites.filter(({ id }) => id !== invite.id);
      this.#draw();
      toast(t("This link lets nobody in any more"), { kind: "ok" });
    } catch (error) {
      toastError(error);
    }
  }
}
