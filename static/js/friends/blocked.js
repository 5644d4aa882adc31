/** On the account page: what friends see of one's being here, and whom one blocked. */

import { toast, toastError } from "../components/toast.js";
import { fill, find, h, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { initialOf } from "../lib/format.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";
import { unblock } from "./deeds.js";

/** @typedef {import("./state.js").Person} Person */

export function wirePresenceChoice() {
  delegate(document, "change", "[data-presence-choice]", async (choice) => {
    const { value } = /** @type {HTMLSelectElement} */ (choice);
    await http
      .patch("/api/auth/me/", { presence_shown: value })
      .then(() => toast(t("Saved"), { kind: "ok" }), toastError);
  });
}

/** @param {import("./line.js").MeLine | null} line says when the list changed elsewhere @param {AbortSignal} signal */
export function mountBlocked(line, signal) {
  const list = find("[data-blocked]");
  if (!list) return;
  const show = async () => {
    const page = await http.get("/api/friends/blocked/").catch(() => null);
    list.removeAttribute("aria-busy");
    if (!page) return fill(list, note(t("The list could not be had. Load the page again.")));
    const rows = page.results.map((/** @type {{user: Person}} */ { user }) => row(user, show));
    return fill(
      list,
      rows.length ? rows : note(t("Nobody. You can block people from a room’s list of people.")),
    );
  };
  line?.hidden.subscribe(() => void show(), signal);
  void show();
}

/** @param {string} words */
const note = (words) => h("li", { class: "device dim" }, words);

/** @param {Person} user @param {() => Promise<void>} then */
function row(user, then) {
  const { display_name: name } = user;
  const lift = (/** @type {Event} */ { currentTarget }) =>
    whileBusy(/** @type {HTMLElement} */ (currentTarget), () => unblock(user).then(then));
  return h(
    "li",
    { class: "device" },
    h(
      "span",
      { class: "avatar", "data-size": 40, "data-hue": user.avatar, "aria-hidden": "true" },
      initialOf(name),
      user.picture && h("img", { src: user.picture, alt: "" }),
    ),
    h("span", { class: "tx" }, h("b", { dir: "auto" }, name)),
    h(
      "button",
      {
        class: "btn btn-quiet btn-36",
        type: "button",
        "aria-label": t("Unblock {name}", { name }),
        onclick: lift,
      },
      t("Unblock"),
    ),
  );
}
