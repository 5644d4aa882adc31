/** The gallery: people, the queue, lines, reactions and keys, as rooms draw them. */

import "../components/sw-person.js";
import "../components/sw-queued.js";
import { html } from "lit";
import { bound } from "../room/keymap.js";
import { lineBars } from "../room/line-bars.js";
import { keyRow } from "../room/sheets/key-row.js";
import { named, PEOPLE, section } from "./parts.js";
import { ROOM } from "./samples.js";

/** @param {object} more */
const person = (more) => {
  const { who, standing, crown, doing, line } = {
    who: PEOPLE[1],
    standing: "Member",
    crown: false,
    doing: { kind: "ok", icon: "check", words: "In step" },
    line: "",
    ...more,
  };
  return html`<div class="prow"><sw-person .who=${who} standing=${standing} ?crown=${crown} .doing=${doing} .line=${line} more="More about somebody"></sw-person></div>`;
};
const talking = html`<span class="s-voice s-talk">Talking${lineBars({ bars: 4, words: "Good connection · 18 ms" })}</span>`;

const people = () =>
  section(
    "People in the list",
    named({
      host: person({ who: PEOPLE[0], standing: "You · Host", crown: true }),
      member: person({}),
      "loading, talking": person({
        who: PEOPLE[2],
        standing: "Guest, may press play",
        doing: { kind: "warn", icon: "clock", words: "Loading" },
        line: talking,
      }),
      away: html`<div class="prow is-away"><sw-person .who=${PEOPLE[3]} standing="Guest" .doing=${{ kind: "off", icon: "", words: "Away" }}></sw-person></div>`,
      "another script, a long name": person({
        who: { ...PEOPLE[4], display_name: "宇宙からやって来たとても長い名前の友だち" },
      }),
    }),
    "wide",
  );

/** @type {import("../components/sw-queued.js").Queued} */
const FILM = {
  title: "Sunday rabbit",
  words: "1:30:00, from you",
  poster: null,
  progress: null,
  playable: true,
};
/** @param {Partial<import("../components/sw-queued.js").Queued>} more @param {{now?: boolean, held?: boolean}} [how] */
const queued = (more, { now = false, held = true } = {}) =>
  html`<div class="qrow ${now ? "is-now" : ""} ${held ? "is-held" : ""}"><sw-queued .item=${{ ...FILM, ...more }} ?now=${now} ?held=${held}></sw-queued></div>`;

const queue = () =>
  section(
    "Films in the queue",
    named({
      "on now": queued({ words: "Playing" }, { now: true }),
      ready: queued({}),
      "playable while it is made": queued({ words: "1:30:00, playable, 64 %", progress: 64 }),
      "being made": queued({ words: "Being prepared, 12 %", progress: 12, playable: false }),
      failed: queued({
        words: "The file ends early. It may be half a download.",
        bad: true,
        playable: false,
      }),
      "for somebody who may not change it": queued({}, { held: false }),
    }),
    "wide",
  );

const LINES = ["", "Bad connection", "Weak connection", "Fair connection", "Good connection"];
const lines = () =>
  section(
    "Lines",
    [1, 2, 3, 4].map((bars) => ({
      name: LINES[bars],
      shown: lineBars({ bars: /** @type {1 | 2 | 3 | 4} */ (bars), words: LINES[bars] }),
    })),
  );

const reactions = () =>
  section(
    "Reactions",
    named({
      "to pick from": html`<div class="reacts reacts-still glass glass-strong">${ROOM.reactions.map((emoji) => html`<button class="react-pick" type="button" aria-label=${`React ${emoji}`}>${emoji}</button>`)}</div>`,
      "counted, where nothing may move": html`<span class="float-count">🍿<b class="num">3</b></span>`,
    }),
  );

const NO_ACTS = /** @type {any} */ ({});
const keys = () => {
  const [first, second] = bound({});
  const row = (/** @type {any} */ action, /** @type {any} */ state) =>
    html`<ul class="keys">${keyRow(action, { recording: null, asking: null, said: "", ...state }, NO_ACTS)}</ul>`;
  const here = { id: second.id, place: 0 };
  return section(
    "Keys",
    named({
      "as it came": row(first, {}),
      "one's own": row({ ...second, own: true }, {}),
      "listening for another": row(second, { recording: here, said: "Press the new key" }),
      "taken by another": row(second, {
        asking: { ...here, chord: "m", words: "M already mutes the film" },
      }),
    }),
    "wide",
  );
};

/** @returns {unknown[]} */
export const evening = () => [people(), queue(), lines(), reactions(), keys()];
