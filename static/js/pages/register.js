/** A new account, or an account for a guest who keeps everything. */

import { wireReveal } from "../components/reveal.js";
import { need } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";

const form = /** @type {HTMLFormElement} */ (need("[data-register]"));

wireReveal();
wireForm(form, {
  send: async (values) => {
    await http.post(form.dataset.register ?? "", values);
    location.assign(form.dataset.next || "/home");
  },
});
