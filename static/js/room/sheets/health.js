/** How the film runs with everybody: one's own numbers live, the others' as they last said. */

import { html, nothing, render } from "lit";
import { sheet } from "../../chat/sheets.js";
import { find, need } from "../../lib/dom.js";
import { http } from "../../lib/http.js";
import { t, tn } from "../../lib/words.js";
import { syncChip } from "../chips.js";
import { ownDrift } from "../drift-history.js";
import { keepAsking } from "../health/polling.js";
import { healthRow, spark } from "../health/rows.js";
import { measuredOf, standingOf, summaryOf } from "../health/words.js";
import { drawing } from "../ui.js";

/** @typedef {import("../types.js").Ctx} Ctx */
/** @typedef {import("../health/words.js").Row} Row */

const ASK_EVERY_MS = 5_000;

class HealthPanel {
  /** @type {Row[]} */
  #rows = [];
  #count = 0;
  #said = t("Asking how it runs with the others…");
  #ctx;
  #body;
  #signal;

  /**
   * @param {Ctx} ctx
   * @param {HTMLElement} body
   * @param {AbortSignal} signal
   */
  constructor(ctx, body, signal) {
    this.#ctx = ctx;
    this.#body = body;
    this.#signal = signal;
    signal.addEventListener("abort", ctx.conductor.on("state", this.#draw), { once: true });
    keepAsking(() => void this.#ask(), { everyMs: ASK_EVERY_MS, signal });
    this.#draw();
  }

  async #ask() {
    try {
      const path = `${this.#ctx.api.path}/health/`;
      const { results, count } = await http.get(path, { signal: this.#signal });
      this.#rows = results;
      this.#count = count;
      this.#said = summaryOf(results, this.#ctx.room.value.me.user.id);
    } catch {
      if (this.#signal.aborted) return;
      this.#said = t("No answer just now. Trying again in a moment.");
    }
    this.#draw();
  }

  #draw = drawing(() => {
    if (this.#signal.aborted) return;
    const { user } = this.#ctx.room.value.me;
    const others = this.#rows.filter((row) => row.user.id !== user.id);
    const more = this.#count - this.#rows.length;
    render(
      html`<p class="dim" role="status" data-health-said>${this.#said}</p>
      <div class="health-own">${this.#own()}${spark(ownDrift.looks, performance.now())}</div>
      <ul class="health-rows" aria-label=${t("The others")}>${others.map(
        (row) =>
          html`<li>${healthRow(row.user, standingOf(row), measuredOf(row), { exempt: row.exempt })}</li>`,
      )}</ul>
      ${more > 0 ? html`<p class="dim small">${tn("{n} more person is closer to the room", "{n} more people are closer to the room", more)}</p>` : nothing}
      ${help()}`,
      this.#body,
    );
  });

  #own() {
    const { room, conductor } = this.#ctx;
    const { driftMs, rttMs, bufferedAheadS, heightPx, clockErrorBoundMs } = conductor.diagnostics();
    const standing = syncChip(conductor.state, room.value) ?? {
      kind: /** @type {const} */ ("plain"),
      icon: "film",
      words: t("No film is on"),
    };
    const clockBoundMs = Number.isFinite(clockErrorBoundMs) ? clockErrorBoundMs : null;
    const measured = { driftMs, rttMs, bufferedS: bufferedAheadS, heightPx, clockBoundMs };
    return healthRow(room.value.me.user, standing, measured, { name: t("You") });
  }
}

const help = () => html`<details class="health-help"><summary>${t("What do these mean?")}</summary>
  <p>${t("The bar shows how far a film is from where the room is: to the left it is behind, to the right ahead. Up to about 20 ms nobody notices.")}</p>
  <p>${t("Round trip is how long a message to the server and back takes. Buffered is how much film lies ready. Clock is how wrong a device can be about the time at worst.")}</p></details>`;

/** @param {Ctx} ctx */
export function openHealth(ctx) {
  if (find("[data-health]")) return; // it is open already
  const { dialog, closed } = sheet(
    t("How it runs with everybody"),
    html`<div class="stack" data-health></div>`,
  );
  dialog.classList.add("dialog-wide");
  const ended = new AbortController();
  void closed.then(() => ended.abort());
  new HealthPanel(ctx, need("[data-health]", dialog), ended.signal);
}
