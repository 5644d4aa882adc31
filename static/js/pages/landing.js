/** Landing: start a room with just a name, or follow a pasted code or link. */

import { openDialog } from "../components/dialog.js";
import { toastError } from "../components/toast.js";
import { need, whileBusy } from "../lib/dom.js";
import { destination, enterAsGuest, rememberedName, startRoom } from "../lib/entering.js";
import { wireForm } from "../lib/forms.js";

const startButton = need("[data-start]");
const dialog = /** @type {HTMLDialogElement} */ (need("#name-dialog"));
const nameForm = /** @type {HTMLFormElement} */ (need("[data-name-form]"));
const nameInput = /** @type {HTMLInputElement} */ (need("#guest-name"));
const joinForm = /** @type {HTMLFormElement} */ (need("[data-join]"));
const note = need("#join-note");

startButton.addEventListener("click", () => {
  const name = startButton.dataset.name;
  if (name !== undefined) {
    whileBusy(startButton, async () => location.assign(await startRoom(name))).catch(toastError);
    return;
  }
  nameInput.value ||= rememberedName();
  openDialog(dialog);
  nameInput.select();
});

wireForm(nameForm, {
  send: async (values) => {
    const name = (values.display_name ?? "").trim();
    if (startButton.dataset.name === undefined) await enterAsGuest(name);
    startButton.dataset.name = name; // a second try must not make a second guest
    location.assign(await startRoom(name));
  },
});

joinForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const input = /** @type {HTMLInputElement} */ (joinForm.elements.namedItem("code"));
  const to = destination(input.value, location.host);
  if ("path" in to) location.assign(to.path);
  else {
    note.textContent = to.error;
    input.setAttribute("aria-invalid", "true");
    input.focus();
  }
});
joinForm.addEventListener("input", () => {
  note.textContent = "";
});
