/** One's own account: profile, look, password, devices, closing. */

import { ask, openDialog } from "../components/dialog.js";
import { wireReveal } from "../components/reveal.js";
import { readyToasts, toast, toastError } from "../components/toast.js";
import { describeAgent } from "../lib/agent.js";
import { fill, find, h, icon, need, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { ago, initialOf } from "../lib/format.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { chooseLanguage } from "../lib/language.js";
import { glassIsReduced, reduceGlass, setTheme } from "../lib/theme.js";
import { t } from "../lib/words.js";
import { followKeys } from "../room/keystore.js";
import { KeyList } from "../room/sheets/keys.js";

/** @typedef {{ id: string, agent: string, last_used_at: string, current: boolean }} Session */

const list = need("[data-sessions]");
const { signal: pageLong } = new AbortController();
const closeDialog = /** @type {HTMLDialogElement} */ (need("#close-dialog"));

readyToasts();
wireReveal();
wireProfile();
wireLook();
wireLeaving();
showSessions();
followKeys(pageLong);
new KeyList(need("[data-keys]"), pageLong).open();

function wireProfile() {
  wireForm(/** @type {HTMLFormElement} */ (need("[data-profile]")), {
    send: async (values) => {
      const me = await http.patch("/api/auth/me/", values);
      need("[data-name]").textContent = me.display_name;
      need("[data-face]").textContent = initialOf(me.display_name);
      toast(t("Saved"), { kind: "ok" });
    },
  });
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

/**
 * @param {HTMLFormElement} form
 * @param {Record<string, string>} values
 */
async function changePassword(form, { current_password, new_password }) {
  await http.post("/api/auth/password/", { current_password, new_password });
  form.reset();
  toast(t("Password changed. Other devices are signed out."), { kind: "ok" });
  await showSessions();
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
  delegate(list, "click", "[data-end]", (button) => {
    whileBusy(button, async () => {
      await http.delete(`/api/auth/sessions/${button.dataset.end}/`);
      await showSessions();
      toast(t("Signed out there"), { kind: "ok" });
    }).catch(toastError);
  });
}

async function showSessions() {
  try {
    const { results } = await http.get("/api/auth/sessions/");
    fill(list, results.map(sessionRow));
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const again = h(
      "button",
      { class: "btn btn-quiet btn-36", type: "button", onclick: showSessions },
      icon("retry"),
      t("Try again"),
    );
    fill(list, h("li", { class: "device" }, h("span", { class: "grow dim" }, words), again));
  }
  list.removeAttribute("aria-busy");
}

/** @param {Session} session */
function sessionRow(session) {
  const { words, phone } = describeAgent(session.agent);
  return h(
    "li",
    { class: "device" },
    h("span", { class: "disc", "aria-hidden": "true" }, icon(phone ? "phone" : "laptop")),
    h(
      "span",
      { class: "tx" },
      h("b", {}, words),
      h(
        "span",
        {},
        session.current
          ? t("This device")
          : t("Last used {when}", { when: ago(session.last_used_at) }),
      ),
    ),
    !session.current &&
      h(
        "button",
        {
          class: "btn btn-quiet btn-36",
          type: "button",
          "data-end": session.id,
          "aria-label": t("Sign out {device}", { device: words }),
        },
        t("Sign out"),
      ),
  );
}
