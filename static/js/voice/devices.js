/**
 * Microphones that are plugged in during a call. That one went is told by its track.
 * @module
 */

/**
 * @param {object} parts
 * @param {MediaDevices | undefined} parts.devices undefined where browsers give none, behind http
 * @param {Pick<import("./kept.js").Kept, "choices">} parts.kept
 * @param {Pick<import("./call.js").Call, "state" | "switchMicrophone">} parts.call
 * @param {AbortSignal} parts.signal
 */
export function watchMicrophones({ devices, kept, call, signal }) {
  /** @type {Set<string>} */
  let known = new Set();
  const list = async () => {
    const found = (await devices?.enumerateDevices?.()) ?? [];
    return new Set(
      found.filter(({ kind }) => kind === "audioinput").map(({ deviceId }) => deviceId),
    );
  };
  const changed = async () => {
    const before = known;
    known = await list();
    const { phase, listening } = call.state.value;
    const { microphone: chosen } = kept.choices;
    const isBack = chosen !== "" && known.has(chosen) && !before.has(chosen);
    const isFirst = listening && before.size === 0 && known.size > 0;
    if (phase === "in" && (isBack || isFirst)) void call.switchMicrophone();
  };
  // before the first permission devices have no names: what is known is learned on coming in
  call.state.subscribe(async (now, before) => {
    if (now.phase === "in" && before.phase !== "in") known = await list();
  }, signal);
  devices?.addEventListener?.("devicechange", () => void changed(), { signal });
}
