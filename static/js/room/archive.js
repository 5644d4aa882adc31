/** What was said in a closed room and what was on its list, to be read. */

import { html, nothing, render } from "lit";
import "../components/sw-avatar.js";
import { whileBusy } from "../lib/dom.js";
import { clock, length } from "../lib/format.js";
import { http } from "../lib/http.js";
import { lang, t } from "../lib/words.js";

/** @typedef {import("../protocol.js").Message} Message */
/** @typedef {{id: string, title: string, duration: number | null}} Item */

const AT_ONCE = 50;

/**
 * @param {{code: string, said: HTMLElement, list: HTMLElement}} where
 */
export function mountArchive({ code, said, list }) {
  void new Said(code, said).more();
  void films(code, list);
}

/** @param {HTMLElement} host @param {unknown} content */
const draw = (host, content) => {
  if (host.hasAttribute("aria-busy")) host.replaceChildren(); // the skeleton goes
  host.removeAttribute("aria-busy");
  render(content, host);
};

/** @param {unknown} error @param {() => unknown} again */
const failed = (error, again) =>
  html`<p class="none" role="alert">${error instanceof Error ? error.message : t("Something went wrong. Try again.")}
    <button class="btn btn-quiet btn-36" type="button" @click=${again}>${t("Try again")}</button></p>`;

class Said {
  /** @type {ReadonlySet<string> | null} user ids whose words are not shown; null: not known yet */
  #hidden = null;
  /** @type {Message[]} */
  #messages = [];
  /** @type {string | null} */
  #older = null;

  /** @param {string} code @param {HTMLElement} host */
  constructor(code, host) {
    this.path = `/api/rooms/${code}/archive/messages/`;
    this.host = host;
  }

  /** The page before what is shown; first the newest. */
  async more() {
    const [first] = this.#messages;
    const query = { limit: AT_ONCE, ...(first && { before: first.id }) };
    try {
      this.#hidden ??= new Set((await http.get("/api/friends/blocked/")).hidden);
      const { results, next } = await http.get(this.path, { query });
      this.#messages = [...results, ...this.#messages];
      this.#older = next;
      draw(this.host, this.#content());
    } catch (error) {
      draw(
        this.host,
        failed(error, () => this.more()),
      );
    }
  }

  #content() {
    const shown = this.#messages.filter(
      ({ kind, author }) => kind === "system" || !this.#hidden?.has(author?.id ?? ""),
    );
    if (!shown.length && !this.#older)
      return html`<p class="none">${t("Nothing was said here.")}</p>`;
    const earlier = (/** @type {Event} */ { currentTarget }) =>
      whileBusy(/** @type {HTMLElement} */ (currentTarget), () => this.more());
    return html`${this.#older ? html`<p class="closed-more"><button class="btn btn-quiet btn-36" type="button" @click=${earlier}>${t("Earlier")}</button></p>` : nothing}
      <ul class="closed-said">${shown.map(line)}</ul>`;
  }
}

/** @param {Message} message */
function line(message) {
  const at = new Date(message.created_at);
  const when = html`<time class="dim small num" datetime=${message.created_at}>${said(at)}</time>`;
  if (message.kind === "system")
    return html`<li class="closed-deed dim small"><span dir="auto">${message.body}</span> ${when}</li>`;
  const name = message.author?.display_name ?? t("Someone who left");
  return html`<li class="closed-line"><sw-avatar name=${name} hue=${message.author?.avatar ?? 12} picture=${message.author?.picture ?? nothing} size="28"></sw-avatar>
    <div class="tx"><p class="closed-who"><b dir="auto">${name}</b> ${when}${message.media_time === null ? nothing : html` <span class="dim small num">${clock(message.media_time)}</span>`}</p>
    <p class="closed-words" dir="auto">${message.body}</p></div></li>`;
}

/** @param {Date} at */
const said = (at) => at.toLocaleString(lang(), { dateStyle: "medium", timeStyle: "short" });

/** @param {string} code @param {HTMLElement} host */
async function films(code, host) {
  try {
    const { results } = await http.get(`/api/rooms/${code}/archive/queue/`);
    draw(
      host,
      results.length
        ? html`<ul class="closed-films">${results.map(
            (/** @type {Item} */ item) =>
              html`<li><span class="ellipsis" dir="auto">${item.title}</span><span class="dim small num">${item.duration ? length(item.duration) : nothing}</span></li>`,
          )}</ul>`
        : html`<p class="none">${t("Nothing was on the list.")}</p>`,
    );
  } catch (error) {
    draw(
      host,
      failed(error, () => films(code, host)),
    );
  }
}
