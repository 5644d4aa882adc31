/** Files from the desktop, dropped anywhere on the page or chosen by the button. */

/**
 * @param {object} parts
 * @param {HTMLElement} parts.zone shows that files may be let go
 * @param {HTMLElement} parts.button
 * @param {HTMLInputElement} parts.input
 * @param {(files: File[]) => void} parts.take
 */
export function wireDropZone({ zone, button, input, take }) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    take([...(input.files ?? [])]);
    input.value = ""; // the same file may be chosen again
  });
  const aim = (/** @type {boolean} */ on) => zone.classList.toggle("is-target", on);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    aim(true);
  });
  document.addEventListener("dragleave", ({ relatedTarget }) => {
    if (!relatedTarget) aim(false);
  });
  document.addEventListener("drop", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    aim(false);
    take([...event.dataTransfer.files]);
  });
}
