/** Evenings on the home page: each said in the time zone of whoever reads it. */

import { when } from "../lib/when.js";

/** @param {ParentNode} root */
export function sayWhen(root) {
  for (const time of /** @type {NodeListOf<HTMLTimeElement>} */ (
    root.querySelectorAll("time[data-when]")
  ))
    time.textContent = when(time.dateTime);
}
