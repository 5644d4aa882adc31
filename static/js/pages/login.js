/** Sign in. */

import { wireReveal } from "../components/reveal.js";
import { need } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";

const form = /** @type {HTMLFormElement} */ (need("[data-login]"));

wireReveal();
wireForm(form, {
  send: async (values) => {
    await http.post("/api/auth/login/", values);
    location.assign(form.dataset.next || "/home");
  },
});
