/** `<sw-hold icon="arc" words="Getting everyone ready" more="It starts for all at once.">`: the card in the middle of the film. */

import { html, nothing } from "lit";
import { face } from "../room/ui.js";
import { arc, glyph } from "./glyph.js";
import { Light } from "./light.js";

/**
 * @attr icon its name, or `arc` for the turning ring
 * @prop {import("../room/types.js").Person | null} who is waited for, instead of an icon
 * @attr words what the film waits for, or what is wrong
 * @attr more how it goes on
 * @attr counting `more` counts down and is not read out each second
 * @attr bad it is a failure: read out at once. All else is said by the sync chip
 */
export class SwHold extends Light {
  /** @override */
  static properties = {
    icon: {},
    who: { attribute: false },
    words: {},
    more: {},
    counting: { type: Boolean },
    bad: { type: Boolean },
  };

  constructor() {
    super();
    this.icon = "info";
    /** @type {import("../room/types.js").Person | null} */
    this.who = null;
    this.words = "";
    this.more = "";
    this.counting = false;
    this.bad = false;
  }

  /** @override */
  render() {
    const { icon, who, words, more, counting, bad } = this;
    const lead = who
      ? face(who, 40)
      : html`<span class="disc">${icon === "arc" ? arc : glyph(icon)}</span>`;
    return html`<div class="hold glass ${bad ? "hold-bad" : ""}" role=${bad ? "alert" : nothing}>${lead}
      <div><b>${words}</b><span class="dim num" aria-hidden=${counting ? "true" : nothing}>${more}</span></div></div>`;
  }
}

customElements.define("sw-hold", SwHold);
