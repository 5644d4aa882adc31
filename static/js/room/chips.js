/** The two chips below the film: how well this player is in step, and how the connection stands. */

import "../components/sw-chip.js";
import { number, t } from "../lib/words.js";
import { ownDrift } from "./drift-history.js";
import { drawing } from "./ui.js";
import { namesOf } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("../components/sw-chip.js").SwChip} SwChip */
/** @typedef {import("./types.js").RoomState} RoomState */
/** @typedef {import("../lib/socket.js").LinkState} LinkState */
/**
 * @typedef {object} Chip
 * @property {"ok" | "warn" | "bad" | "info" | "plain"} kind
 * @property {string} icon `arc` draws the turning ring
 * @property {string} words
 * @property {string} [sub] numbers beside the words; not read aloud at each change
 * @property {{words: string, name: "resync" | "retry" | "here"}} [act]
 */

/** @param {number} driftMs */
const signed = (driftMs) =>
  t("{n} ms", { n: `${driftMs < 0 ? "−" : "+"}${number(Math.abs(Math.round(driftMs)))}` });

/** Far behind it is seconds that count. @param {any} sync */
const catchingUp = ({ chasing, driftMs }) =>
  chasing
    ? {
        sub: `· ${t("{n} s behind", { n: number((driftMs ?? 0) / 1000, { maximumFractionDigits: 1, minimumFractionDigits: 1 }) })}`,
        act: { words: t("Jump"), name: /** @type {const} */ ("resync") },
      }
    : { sub: `· ${signed(driftMs ?? 0)}` };

/**
 * @param {any} sync the conductor's state
 * @param {RoomState} state
 * @returns {Chip | null} nothing while there is no film
 */
export function syncChip(sync, state) {
  if (!sync || sync.state === "idle") return null;
  if (sync.state === "waiting") return waitingChip(sync, state);
  /** @type {Record<string, Chip>} */
  const chips = {
    in_sync: {
      kind: "ok",
      icon: "sync",
      words: t("In sync"),
      sub: `· ${t("{n} ms", { n: Math.abs(Math.round(sync.driftMs ?? 0)) })}`,
    },
    catching_up: {
      kind: "info",
      icon: "arc",
      words: t("Catching up"),
      ...catchingUp(sync),
    },
    out_of_sync: {
      kind: "bad",
      icon: "warning",
      words: t("Out of sync"),
      act: { words: t("Resync"), name: "resync" },
    },
    detached: {
      kind: "plain",
      icon: "eye-off",
      words: t("Watching on your own"),
      act: { words: t("Rejoin"), name: "resync" },
    },
    clock_unsure: { kind: "warn", icon: "clock", words: t("Clock unsure") },
  };
  return chips[sync.state] ?? null;
}

/**
 * @param {any} sync
 * @param {RoomState} state
 * @returns {Chip}
 */
function waitingChip(sync, state) {
  if (sync.waitingReason === "processing")
    return { kind: "info", icon: "arc", words: t("Film is being prepared") };
  if (sync.waitingReason === "buffering" && sync.waitingFor?.length) {
    return {
      kind: "warn",
      icon: "clock",
      words: t("Waiting for {names}", { names: namesOf(state, sync.waitingFor) }),
      sub: t("(buffering)"),
    };
  }
  return { kind: "info", icon: "arc", words: t("Getting ready") };
}

/**
 * @param {LinkState} link
 * @param {number} nowMs on the socket's clock
 * @returns {Chip}
 */
export function linkChip(link, nowMs) {
  const seconds =
    link.retryAt === undefined ? 0 : Math.max(1, Math.ceil((link.retryAt - nowMs) / 1000));
  /** @type {Record<string, Chip>} */
  const chips = {
    live: { kind: "ok", icon: "wifi", words: t("Live") },
    connecting: { kind: "info", icon: "arc", words: t("Connecting") },
    reconnecting: {
      kind: "warn",
      icon: "arc",
      words: t("Reconnecting…"),
      sub: seconds ? t("{n} s", { n: seconds }) : undefined,
    },
    updating: { kind: "info", icon: "server", words: t("Server updating") },
    offline: {
      kind: "bad",
      icon: "wifi-off",
      words: t("Offline"),
      act: { words: t("Retry"), name: "retry" },
    },
    replaced: {
      kind: "plain",
      icon: "phone",
      words: t("Signed in elsewhere"),
      act: { words: t("Use here"), name: "here" },
    },
  };
  return chips[link.name] ?? { kind: "plain", icon: "wifi-off", words: t("Not connected") };
}

/**
 * @param {SwChip} host
 * @param {Chip | null} chip
 */
function draw(host, chip) {
  host.hidden = !chip;
  if (!chip) return;
  const { kind, icon, words, sub = "", act } = chip;
  Object.assign(host, { kind, icon, words, sub, act: act?.words ?? "" });
  host.dataset.act = act?.name ?? "";
}

/**
 * @param {Ctx} ctx
 * @param {{sync: SwChip, link: SwChip, onUseHere: () => void}} parts
 */
export function mountChips(
  { conductor, link, room, views, signal },
  { sync, link: linkHost, onUseHere },
) {
  const act = (/** @type {Event} */ event) => {
    const name = /** @type {SwChip} */ (event.currentTarget).dataset.act;
    if (name === "resync") conductor.resync();
    else if (name === "here") onUseHere();
    else link.socket.retry();
  };
  for (const host of [sync, linkHost]) host.addEventListener("act", act, { signal });
  sync.addEventListener("more", () => views.open("health"), { signal });
  const drawSync = drawing(() => {
    ownDrift.note(conductor.state?.driftMs ?? null, performance.now());
    draw(sync, room.value && syncChip(conductor.state, room.value));
    sync.dataset.driftMs = conductor.state ? String(Math.round(conductor.state.driftMs ?? 0)) : "";
    sync.dataset.state = conductor.state?.state ?? "idle";
  });
  const drawLink = drawing(() => {
    draw(linkHost, linkChip(link.state.value, performance.now()));
    linkHost.dataset.state = link.state.value.name;
  });
  signal.addEventListener("abort", conductor.on("state", drawSync), { once: true });
  link.state.subscribe(drawLink, signal);
  const countdown = setInterval(() => link.state.value.retryAt !== undefined && drawLink(), 500);
  signal.addEventListener("abort", () => clearInterval(countdown), { once: true });
  drawSync();
  drawLink();
}
