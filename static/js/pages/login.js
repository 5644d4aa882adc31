/** Sign in. */

import { wireReveal } from "../components/reveal.js";
import { need } from "../lib/dom.js";
import { wireForm } from "../lib/forms.js";
import { HttpError, http } from "../lib/http.js";
import { t } from "../lib/words.js";

const PATH = "/api/auth/login/";
const form = /** @type {HTMLFormElement} */ (need("[data-login]"));

/**
 * A closed account comes back only where its person says so.
 * @param {Record<string, string>} values
 */
async function signIn(values) {
  try {
    await http.post(PATH, { ...values, if_closed: "ask" });
  } catch (error) {
    if (!(error instanceof HttpError) || error.code !== "account_closing") throw error;
    const { ask } = await import("../components/dialog.js"); // rarely asked
    const kept = await ask({
      title: t("Keep your account?"),
      words: t("{when} Until then you can have it back as it was.", { when: error.message }),
      yes: t("Keep the account"),
      no: t("Leave it closed"),
    });
    if (!kept) return;
    await http.post(PATH, values);
  }
  location.assign(form.dataset.next || "/home");
}

wireReveal();
wireForm(form, { send: signIn });
