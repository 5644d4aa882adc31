/** The door of a room where one asks: the ask, the wait, and the way in when somebody opens. */

import { toastError } from "../components/toast.js";
import { MeLine } from "../friends/line.js";
import { find, need, whileBusy } from "../lib/dom.js";
import { enterAsGuest, rememberedName } from "../lib/entering.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";

const life = new AbortController();
const form = /** @type {HTMLFormElement} */ (need("[data-ask-door]"));
const { code = "" } = form.dataset;
const path = `/api/rooms/${encodeURIComponent(code)}/knocks/`;
const parts = { none: form, waiting: need("[data-waiting]"), declined: need("[data-declined]") };
/** @type {MeLine | null} */
let line = null;

/**
 * @param {string} state as the server says how one stands
 * @param {{told?: boolean}} [options] told: it changed before one's eyes
 */
function show(state, { told = false } = {}) {
  if (state === "inside") {
    location.assign(`/r/${code}`);
    return;
  }
  for (const [name, part] of Object.entries(parts)) part.hidden = name !== state;
  if (state === "waiting") listen();
  if (!told) return;
  const words = {
    waiting: t("You are at the door. Somebody inside has been told."),
    declined: t("They cannot let you in at the moment."),
  };
  need("[data-door-said]").textContent = words[/** @type {"waiting"} */ (state)] ?? "";
  (state === "none" ? need("button", form) : parts[/** @type {"waiting"} */ (state)]).focus();
}

/** By the small socket; whatever was missed while it was away is read when it is back. */
function listen() {
  if (line) return;
  line = new MeLine();
  line.on("door:answered", (frame) => {
    if (frame.code === code) show(frame.admitted ? "inside" : "declined", { told: true });
  });
  line.on("me:snapshot", async () => {
    const stands = await http.get(`${path}mine/`, { signal: life.signal }).catch(() => null);
    if (stands && stands.state !== "waiting" && form.hidden) show(stands.state, { told: true });
  });
  line.connect(life.signal);
}

const name = /** @type {HTMLInputElement | null} */ (find("#door-name"));
if (name) name.value ||= rememberedName();

wireForm(form, {
  send: async ({ display_name }) => {
    if (form.dataset.me === undefined) {
      await enterAsGuest((display_name ?? "").trim());
      form.dataset.me = ""; // a second try must not make a second guest
    }
    const { state } = await http.post(path);
    show(state, { told: true });
  },
});
need("[data-take-back]").addEventListener("click", ({ currentTarget }) =>
  whileBusy(/** @type {HTMLElement} */ (currentTarget), async () => {
    await http.delete(`${path}mine/`);
    show("none", { told: true });
  }).catch(toastError),
);
show(form.dataset.state ?? "none");
