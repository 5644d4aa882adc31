/** One's own account: profile, look, password, devices, closing. */

import { mountSessions, showSessions } from "../account/sessions.js";
import { mountSound } from "../account/sound.js";
import { ask, openDialog } from "../components/dialog.js";
import { wireReveal } from "../components/reveal.js";
import { readyToasts, toast, toastError } from "../components/toast.js";
import { mountBlocked, wirePresenceChoice } from "../friends/blocked.js";
import { meHere } from "../friends/page.js";
import { find, need, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { initialOf } from "../lib/format.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { chooseLanguage } from "../lib/language.js";
import { glassIsReduced, reduceGlass, setTheme } from "../lib/theme.js";
import { t } from "../lib/words.js";
import { followKeys } from "../room/keystore.js";
import { KeyList } from "../room/sheets/keys.js";

const sessions = need("[data-sessions]");
const { signal: pageLong } = new AbortController();
const closeDialog = /** @type {HTMLDialogElement} */ (need("#close-dialog"));

readyToasts();
wireReveal();
wireProfile();
wireLook();
wireLeaving();
mountSessions(sessions);
mountSound(need("[data-sound]"), pageLong);
wirePresenceChoice();
mountBlocked(find("[data-bell]") ? meHere(pageLong) : null, pageLong);
followKeys(pageLong);
new KeyList(need("[data-keys]"), pageLong).open();

function wireProfile() {
  wireForm(/** @type {HTMLFormElement} */ (need("[data-profile]")), {
    send: async (values) => {
      const me = await http.patch("/api/auth/me/", values);
      need("[data-name]").textContent = me.display_name;
      for (const { firstChild } of document.querySelectorAll("[data-face]"))
        if (firstChild) firstChild.textContent = initialOf(me.display_name);
      toast(t("Saved"), { kind: "ok" });
    },
  });
  wirePicture();
  const password = /** @type {HTMLFormElement | null} */ (find("[data-password]"));
  if (password) wireForm(password, { send: (values) => changePassword(password, values) });
  const upgrade = /** @type {HTMLFormElement | null} */ (find("[data-upgrade]"));
  if (upgrade) {
    wireForm(upgrade, {
      send: async (values) => {
        await http.post("/api/auth/upgrade/", values);
        location.reload();
      },
    });
  }
}

/** Rarely done: its code comes when somebody does it. */
function wirePicture() {
  const acts = () => import("../account/picture.js");
  const choose = async (/** @type {HTMLElement} */ input) =>
    (await acts()).choosePicture(/** @type {HTMLInputElement} */ (input));
  delegate(document, "change", "[data-picture-file]", (input) => choose(input).catch(toastError));
  delegate(document, "click", "[data-picture-remove]", (button) =>
    whileBusy(button, async () => (await acts()).removePicture()).catch(toastError),
  );
}

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
async function changePassword(form, { current_password, new_password }) {
  await http.post("/api/auth/password/", { current_password, new_password });
  form.reset();
  toast(t("Password changed. Other devices are signed out."), { kind: "ok" });
  await showSessions(sessions);
}

function wireLook() {
  delegate(document, "change", "[data-theme-choice] input", async (input) => {
    const theme = /** @type {import("../lib/theme.js").Theme} */ (
      /** @type {HTMLInputElement} */ (input).value
    );
    setTheme(theme);
    await http.patch("/api/auth/me/", { theme }).catch(toastError);
  });
  delegate(document, "change", "[data-language-choice]", async (choice) => {
    const { value } = /** @type {HTMLSelectElement} */ (choice);
    await chooseLanguage(value, { account: true }).then(() => location.reload(), toastError);
  });
  const glass = /** @type {HTMLInputElement} */ (need("[data-glass-switch]"));
  glass.checked = glassIsReduced();
  glass.addEventListener("change", () => reduceGlass(glass.checked));
}

function wireLeaving() {
  delegate(document, "click", "[data-logout-all]", async (button) => {
    const sure = await ask({
      title: t("Sign out everywhere?"),
      words: t("On this device too. Rooms that are open there stop."),
      yes: t("Sign out everywhere"),
    });
    if (!sure) return;
    await whileBusy(button, async () => {
      await http.post("/api/auth/logout-all/");
      location.assign("/");
    }).catch(toastError);
  });
  delegate(document, "click", "[data-close-account]", () => openDialog(closeDialog));
  wireForm(/** @type {HTMLFormElement} */ (need("[data-close-form]")), {
    send: async ({ password }) => {
      await http.delete("/api/auth/me/", { body: password ? { password } : {} });
      location.assign("/");
    },
  });
}
