/** What one does about an evening: each asks the server, which tells everybody. */

import { ask } from "../../components/dialog.js";
import { toastError } from "../../components/toast.js";
import { whileBusy } from "../../lib/dom.js";
import { http } from "../../lib/http.js";
import { t } from "../../lib/words.js";

/** @typedef {import("../types.js").Ctx} Ctx */

export class EveningDeeds {
  /** @param {Ctx} ctx */
  constructor({ api, link }) {
    this.path = `${api.path}/evening`;
    this.link = link;
  }

  /** @param {Record<string, unknown>} wish */
  plan(wish) {
    return http.put(`${this.path}/`, wish);
  }

  /** @returns {Promise<boolean>} whether it was called off */
  async cancel() {
    const sure = await ask({
      title: t("Call the evening off?"),
      words: t("Everybody who was told of it hears that it does not take place."),
      yes: t("Call it off"),
      no: t("Keep it"),
      bad: true,
    });
    if (sure) await http.delete(`${this.path}/`);
    return sure;
  }

  /** @param {string} answer */
  answer = (answer) => this.#pressed(() => http.put(`${this.path}/answer/`, { answer }));
  /** @param {boolean} ready */
  ready = (ready) => this.#pressed(() => this.link.request({ type: "evening:ready", ready }));
  start = this.#pressed(() => http.post(`${this.path}/start/`));
  later = this.#pressed(() => http.post(`${this.path}/later/`));

  /**
   * A listener for a button, which is busy meanwhile.
   * @param {() => Promise<unknown>} act
   */
  #pressed(act) {
    return (/** @type {Event} */ { currentTarget }) =>
      whileBusy(/** @type {HTMLElement} */ (currentTarget), act).catch(toastError);
  }
}
