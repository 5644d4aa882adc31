/** A closed room: read what was said, open it again, or delete it for good. */

import { openDialog } from "../components/dialog.js";
import { readyToasts, toastError } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { find, need, whileBusy } from "../lib/dom.js";
import { delegate } from "../lib/events.js";
import { wireForm } from "../lib/forms.js";
import { http } from "../lib/http.js";
import { mountArchive } from "../room/archive.js";

const code = need("[data-closed]").dataset.closed ?? "";
const life = new AbortController();

readyToasts();
if (find("[data-bell]")) meHere(life.signal);
mountArchive({ code, said: need("[data-said]"), list: need("[data-list]") });

delegate(document, "click", "[data-reopen]", (button) =>
  whileBusy(button, async () => {
    await http.post(`/api/rooms/${code}/reopen/`);
    location.assign(`/r/${code}`);
  }).catch(toastError),
);

const sheet = /** @type {HTMLDialogElement | null} */ (find("#delete-dialog"));
if (sheet) {
  delegate(document, "click", "[data-delete]", () => openDialog(sheet));
  wireForm(/** @type {HTMLFormElement} */ (need("[data-delete-form]")), {
    send: async ({ name }) => {
      await http.delete(`/api/rooms/${code}/archive/`, { body: { name } });
      location.assign("/home");
    },
  });
}
