/** The gallery: chips, faces, what lies on the film, chat and films, in every state. */

import "../components/sw-avatar.js";
import "../components/sw-chip.js";
import "../components/sw-film.js";
import "../components/sw-hold.js";
import "../components/sw-sign.js";
import { html } from "lit";
import { rowOf } from "../chat/log.js";
import { linkChip, syncChip } from "../room/chips.js";
import { face } from "../room/ui.js";
import { filmJob } from "../videos/job.js";
import { named, PEOPLE, section } from "./parts.js";
import { FILMS, ROOM, ROWS } from "./samples.js";

/** @param {import("../room/chips.js").Chip | null} chip */
const chip = (chip) => {
  const { kind = "plain", icon = "", words = "", sub = "", act } = chip ?? {};
  return html`<sw-chip class="chip chip-flat" kind=${kind} icon=${icon} words=${words} sub=${sub} act=${act?.words ?? ""}></sw-chip>`;
};

/** @type {[string, Record<string, unknown>][]} */
const SYNC = [
  ["in_sync", { driftMs: 8 }],
  ["catching_up", { driftMs: 340 }],
  ["waiting", { waitingReason: "buffering", waitingFor: ["p1"] }],
  ["waiting", { waitingReason: "processing" }],
  ["waiting", { waitingReason: "ready" }],
  ["out_of_sync", { driftMs: 4000 }],
  ["detached", {}],
  ["clock_unsure", {}],
];
/** @type {import("../lib/socket.js").LinkState["name"][]} */
const LINKS = ["live", "connecting", "reconnecting", "updating", "offline", "replaced"];

const chips = () =>
  section("Chips", [
    ...SYNC.map(([state, more]) => ({
      name: [state, more.waitingReason].filter(Boolean).join(", "),
      shown: chip(syncChip({ state, ...more }, ROOM)),
    })),
    ...LINKS.map((name) => ({
      name,
      shown: chip(linkChip({ name, retryAt: name === "reconnecting" ? 3000 : undefined }, 0)),
    })),
  ]);

const avatars = () =>
  section("Avatars", [
    ...Array.from({ length: 12 }, (_, at) => ({
      name: `hue ${at + 1}`,
      shown: html`<sw-avatar name="Mara" hue=${at + 1} size="40"></sw-avatar>`,
    })),
    ...["20", "24", "28", "32", "40", "44", "56"].map((size) => ({
      name: `size ${size}`,
      shown: html`<sw-avatar name="Ana" hue="2" size=${size}></sw-avatar>`,
    })),
    ...named({
      host: face(PEOPLE[0], 44, { badge: "host" }),
      muted: face(PEOPLE[1], 44, { badge: "mic-off" }),
      speaking: face(PEOPLE[2], 44, { speaking: true }),
      here: html`<sw-avatar name="Noor" hue="4" size="44" presence="on"></sw-avatar>`,
      away: html`<sw-avatar name="Noor" hue="4" size="44" presence="off"></sw-avatar>`,
      "another script": face(PEOPLE[4], 44),
    }),
  ]);

const onFilm = () =>
  section(
    "On the film",
    named({
      "who did what": html`<sw-sign .line=${{ icon: "pause", who: PEOPLE[1], parts: [{ b: "Ana" }, " paused at ", { time: 723 }] }}></sw-sign>`,
      "nobody did it": html`<sw-sign .line=${{ icon: "film", who: null, parts: ["Next: ", { b: "Sunday rabbit" }] }}></sw-sign>`,
      "waiting for somebody": html`<sw-hold .who=${PEOPLE[1]} words="Waiting for Ana" more="The film goes on in 12 s at the latest"></sw-hold>`,
      "getting ready": html`<sw-hold icon="arc" words="Getting everyone ready" more="It starts for all at once."></sw-hold>`,
      "cannot play": html`<sw-hold bad icon="warning" words="This film cannot play here just now" more="The server does not answer. Trying again."></sw-hold>`,
    }),
    "film",
  );

const NO_DEEDS = {
  jump: () => {},
  retry: () => {},
  discard: () => {},
  fill: () => {},
  duration: 6000,
  me: "p0",
  emotes: new Map(),
  goTo() {},
  unveil() {},
  ballot: { chosen: () => [], choose: null, mayClose: () => false, close() {} },
  react() {},
};
const messages = () =>
  section(
    "Chat",
    [
      {
        name: "a day, groups, deeds, sending, failed",
        shown: html`<div class="log log-still">${ROWS.map((row) => rowOf(row, NO_DEEDS))}</div>`,
      },
    ],
    "wide",
  );

const deeds = {
  watch: () => {},
  retry: () => {},
  remove: () => {},
  choose: () => {},
  subtitle: () => {},
};
const films = () => [
  section(
    "Film cards",
    FILMS.map((film) => ({
      name: nameOf(film),
      shown: html`<sw-film .film=${film} menu></sw-film>`,
    })),
  ),
  section(
    "Films on their way",
    FILMS.filter(({ state }) => state !== "ready").map((film) => ({
      name: nameOf(film),
      shown: filmJob(film, 90, deeds),
    })),
    "wide",
  ),
];
/** @param {import("../videos/types.js").Film} film */
const nameOf = ({ state, playable }) =>
  playable && state !== "ready" ? `${state}, playable` : state;

/** @returns {unknown[]} */
export const pieces = () => [chips(), avatars(), onFilm(), messages(), ...films()];
