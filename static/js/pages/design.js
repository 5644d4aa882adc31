/** The gallery of components, for those who build the pages. Wiring only. */

import { render } from "lit";
import { basics } from "../design/basics.js";
import { evening } from "../design/evening.js";
import { notices } from "../design/notices.js";
import { panels, wirePanels } from "../design/panels.js";
import { pieces } from "../design/pieces.js";
import { need } from "../lib/dom.js";

render([basics(), pieces(), evening(), notices(), panels()], need("[data-gallery]"));
wirePanels();
for (const place of /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("[data-var]")
))
  place.style.setProperty("--shown", `var(--${place.dataset.var})`);
