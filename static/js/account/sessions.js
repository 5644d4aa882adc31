/** Where one is signed in: the list, and ending one of them. */

import { toast, toastError } from "../components/toast.js";
import { describeAgent } from "../lib/agent.js";
import { fill, h, icon, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { ago } from "../lib/format.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

/** @typedef {{ id: string, agent: string, last_used_at: string, current: boolean }} Session */

/** @param {HTMLElement} list */
export function mountSessions(list) {
  delegate(list, "click", "[data-end]", (button) => {
    whileBusy(button, async () => {
      await http.delete(`/api/auth/sessions/${button.dataset.end}/`);
      await showSessions(list);
      toast(t("Signed out there"), { kind: "ok" });
    }).catch(toastError);
  });
  void showSessions(list);
}

/** @param {HTMLElement} list */
export async function showSessions(list) {
  try {
    const { results } = await http.get("/api/auth/sessions/");
    fill(list, results.map(sessionRow));
  } catch (error) {
    const words = error instanceof Error ? error.message : "";
    const again = h(
      "button",
      { class: "btn btn-quiet btn-36", type: "button", onclick: () => showSessions(list) },
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
