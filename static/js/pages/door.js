/** The door of a room: by an invitation or by the code, as a guest or as oneself. */

import { wireReveal } from "../components/reveal.js";
import { fill, find, icon, need } from "../lib/dom.js";
import { enterAsGuest, keepMicrophoneWish, rememberedName } from "../lib/entering.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

const form = /** @type {HTMLFormElement} */ (need("[data-door]"));
const name = /** @type {HTMLInputElement | null} */ (find("#door-name"));
const microphone = /** @type {HTMLInputElement} */ (need("[data-mic]"));

if (name) name.value ||= rememberedName();
wireReveal();

microphone.addEventListener("change", () => {
  need("[data-mic-words]").textContent = microphone.checked
    ? t("Microphone will be on")
    : t("Microphone is off");
  fill(need("[data-mic-icon]"), icon(microphone.checked ? "mic" : "mic-off"));
});

wireForm(form, {
  send: async ({ display_name, password }) => {
    if (form.dataset.me === undefined) {
      await enterAsGuest((display_name ?? "").trim(), form.dataset.invite);
      form.dataset.me = ""; // a second try must not make a second guest
    }
    const place = await http.post(
      form.dataset.door ?? "",
      password === undefined ? {} : { password },
    );
    keepMicrophoneWish(microphone.checked);
    location.assign(`/r/${place?.code ?? form.dataset.code}`);
  },
});
