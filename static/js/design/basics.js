/** The gallery's first half: colours, type, glass, icons, controls. */

import { html } from "lit";
import { glyph } from "../components/glyph.js";
import { named, section } from "./parts.js";

const COLOURS = [
  "bg",
  "surface",
  "surface-2",
  "ink",
  "ink-dim",
  "ink-faint",
  "ink-room",
  "accent",
  "accent-btn",
  "ok",
  "warn",
  "bad",
  "line",
  "fill-1",
  "fill-2",
  "fill-3",
];
const SIZES = ["12", "14", "16", "18", "22", "28", "36", "48"];
const RADII = ["8", "12", "18", "24", "full"];
const GROUNDS = ["white", "black", "picture"];

/** A style that only this page needs is set by script: the policy refuses it in the markup. */
const swatch = (/** @type {string} */ name) => html`<span class="swatch" data-var=${name}></span>`;

const colours = () =>
  section(
    "Colours",
    COLOURS.map((name) => ({ name, shown: swatch(name) })),
  );
const type = () =>
  section(
    "Type",
    SIZES.map((size) => ({
      name: size,
      shown: html`<span class="type" data-size=${size}>In step, 12:03</span>`,
    })),
    "wide",
  );
const radii = () =>
  section(
    "Radii",
    RADII.map((name) => ({ name, shown: html`<span class="radius" data-radius=${name}></span>` })),
  );

const pane = (/** @type {string} */ extra) =>
  html`<div class="pane glass ${extra}"><b>Readable here</b><span class="dim">and this, dim</span></div>`;

/** The ladder, each step over the lightest, the darkest and a lively ground. */
const glass = () =>
  section(
    "Glass",
    [
      ["T0", "0", ""],
      ["T1", "1", ""],
      ["T1 strong", "1", "glass-strong"],
      ["T2", "2", "lens-glass"],
    ].flatMap(([name, step, extra]) =>
      GROUNDS.map((ground) => ({
        name: `${name}, ${ground}`,
        shown: html`<div class="ground ground-${ground} on-film" data-glass=${step}>${pane(extra ?? "")}</div>`,
      })),
    ),
  );

const icons = () =>
  section(
    "Icons",
    [...document.querySelectorAll(".sprite symbol")].map(({ id }) => ({
      name: id.slice(2),
      shown: glyph(id.slice(2), "i-24"),
    })),
  );

const KINDS = ["primary", "quiet", "tint", "ghost", "bad"];
const buttons = () =>
  section("Buttons", [
    ...KINDS.flatMap((kind) => [
      {
        name: kind,
        shown: html`<button class="btn btn-${kind}" type="button">${glyph("play")}Press</button>`,
      },
      {
        name: `${kind}, disabled`,
        shown: html`<button class="btn btn-${kind}" type="button" disabled>${glyph("play")}Press</button>`,
      },
      {
        name: `${kind}, busy`,
        shown: html`<button class="btn btn-${kind}" type="button" aria-busy="true">${glyph("play")}Press</button>`,
      },
    ]),
    ...["52", "40", "36", "32"].map((size) => ({
      name: `height ${size}`,
      shown: html`<button class="btn btn-quiet btn-${size}" type="button">Press</button>`,
    })),
    ...[
      "",
      "dim",
      "iconbtn-fill",
      "iconbtn-bad",
      "iconbtn-fill iconbtn-36",
      "iconbtn-fill iconbtn-52",
    ].map((kind) => ({
      name: `icon button ${kind}`,
      shown: html`<button class="iconbtn ${kind}" type="button" aria-label="Settings">${glyph("settings")}</button>`,
    })),
    {
      name: "icon button, pressed",
      shown: html`<button class="iconbtn" type="button" aria-pressed="true" aria-label="Theatre">${glyph("theatre")}</button>`,
    },
    {
      name: "icon button, disabled",
      shown: html`<button class="iconbtn" type="button" disabled aria-label="Settings">${glyph("settings")}</button>`,
    },
  ]);

/**
 * @param {string} id
 * @param {Record<string, any>} [more]
 */
const field = (
  id,
  { value = "", hint = "", bad = false, disabled = false } = {},
) => html`<div class="field-group">
  <label class="label" for=${id}>Your name</label>
  <div class="field"><input id=${id} .value=${value} placeholder="Mara" aria-invalid=${String(bad)} ?disabled=${disabled} aria-describedby="${id}-hint"></div>
  <p class="hint ${bad ? "hint-bad" : ""}" id="${id}-hint">${hint}</p></div>`;

const fields = () =>
  section(
    "Fields",
    named({
      empty: field("f-empty", { hint: "Everybody in the room sees it." }),
      filled: field("f-filled", { value: "Mara" }),
      wrong: field("f-wrong", { value: " ", hint: "A name needs at least one letter.", bad: true }),
      disabled: field("f-off", { value: "Mara", disabled: true }),
      choice: html`<div class="seg" role="radiogroup" aria-label="Who may press play">${[
        "Everyone",
        "Moderators",
        "Only me",
      ].map(
        (words, at) =>
          html`<label><input class="sr" type="radio" name="who" ?checked=${at === 0}>${words}</label>`,
      )}</div>`,
      "switch, off": html`<label class="setting"><span class="disc" aria-hidden="true">${glyph("mic-off")}</span><span class="tx"><b>Microphone is off</b><span>You can talk once you are inside</span></span><input class="switch" type="checkbox" role="switch"></label>`,
      "switch, on": html`<label class="setting"><span class="disc" aria-hidden="true">${glyph("mic")}</span><span class="tx"><b>Microphone is on</b><span>They hear you at once</span></span><input class="switch" type="checkbox" role="switch" checked></label>`,
      slider: html`<input class="range" type="range" value="60" aria-label="Volume">`,
      progress: html`<progress class="bar bar-6" max="100" value="37" aria-label="Prepared"></progress>`,
    }),
  );

/** @returns {unknown[]} */
export const basics = () => [colours(), type(), radii(), glass(), icons(), buttons(), fields()];
