/** The room's date: what it takes to show one comes with the first there is. */

import { toastError } from "../../components/toast.js";

/** @typedef {import("../types.js").Ctx} Ctx */

/**
 * @param {Ctx} ctx
 * @param {{strip: HTMLElement, lobby: HTMLElement}} hosts
 * @returns {() => void} opens the sheet to plan it
 */
export function mountEvening(ctx, hosts) {
  let asked = false;
  const look = () => {
    if (asked || !ctx.room.value.evening) return;
    asked = true;
    import("./panel.js")
      .then(({ mountPanel }) => mountPanel(ctx, hosts))
      .catch(() => {
        asked = false; // with the next news of it
      });
  };
  ctx.room.subscribe(look, ctx.signal);
  look();
  return () => {
    import("./sheet.js").then(({ openSheet }) => openSheet(ctx)).catch(toastError);
  };
}
