/** What one talks with, chosen before any room: kept by this browser, as the room's own sheet does. */

import { render } from "lit";
import { drawing } from "../room/ui.js";
import { deviceStorage, Kept } from "../voice/kept.js";
import { SoundChoices } from "../voice/sound-choices.js";

/**
 * @param {HTMLElement} host
 * @param {AbortSignal} signal lets the microphone go
 */
export function mountSound(host, signal) {
  const sound = new SoundChoices(new Kept(deviceStorage()), {
    draw: drawing(() => render(sound.content(), host)),
    signal,
  });
  void sound.list();
}
