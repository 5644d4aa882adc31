/** People, films and words to show a state with. */

import { rowsOf } from "../chat/rows.js";
import { PEOPLE } from "./parts.js";

/** @typedef {import("../videos/types.js").Film} Film */
/** @typedef {import("../room/types.js").RoomState} RoomState */

/** As much of a room as the words of the chips need. @type {RoomState} */
export const ROOM = /** @type {any} */ ({
  me: { user: PEOPLE[0], role: "owner", capabilities: [] },
  reactions: ["😂", "❤️", "😮", "😭", "👏", "🔥", "🎉", "🍿"],
  members: PEOPLE.map((user) => ({ user, role: "guest", capabilities: [], presence: "online" })),
});

/** @type {Film} */
const READY = {
  id: "0192b3c4-0000-7000-8000-000000000001",
  title: "Sunday rabbit",
  state: "ready",
  progress: 100,
  playable: true,
  available_until: 5400,
  duration: 5400,
  width: 1920,
  height: 1080,
  bytes: 1_800_000_000,
  note: "",
  error: null,
  retryable: false,
  renditions: [],
  subtitles: [],
  audio: [],
  poster: null,
  posters: [],
  expires_at: "2100-01-01T00:00:00Z",
};
const NOT_YET = { playable: false, available_until: 0, renditions: [] };
const broken = {
  code: "truncated",
  message: "The file ends early, at 0:48 of 1:32. It may be half a download.",
};

/** One film in every state. @type {Film[]} */
export const FILMS = [
  READY,
  { ...READY, ...NOT_YET, state: "uploading", progress: 0 },
  { ...READY, ...NOT_YET, state: "queued", progress: 0 },
  { ...READY, ...NOT_YET, state: "probing", progress: 0 },
  { ...READY, ...NOT_YET, state: "processing", progress: 12 },
  { ...READY, state: "processing", progress: 64, available_until: 3400 },
  { ...READY, ...NOT_YET, state: "failed", progress: 52, error: broken, retryable: true },
];

const EVENING = "2026-05-17T20:0";
let said = 0;

/**
 * @param {import("../room/types.js").Person | null | undefined} author
 * @param {string} body
 * @param {Partial<import("../room/types.js").Message>} [more]
 */
const message = (author, body, more = {}) => {
  said += 1;
  return /** @type {import("../room/types.js").Message} */ ({
    id: `m${said}`,
    seq: said,
    kind: "text",
    body,
    deed: null,
    author: author ?? null,
    created_at: `${EVENING}${Math.floor(said / 3)}:00Z`,
    item_id: "i1",
    media_time: said * 7,
    reply_to: null,
    nonce: null,
    ...more,
  });
};

function evening() {
  const [mara, ana, ilya] = /** @type {import("../room/types.js").Person[]} */ (PEOPLE);
  const now = `${EVENING}9:00Z`;
  const said = [
    message(ana, "", { kind: "system", deed: { name: "play" }, media_time: 0 }),
    message(ana, "is everybody here?"),
    message(ilya, "popcorn in hand 🍿"),
    message(ilya, "the ear joke comes at 0:12, and then https://example.org/rabbits"),
    message(mara, "don’t tell!"),
    message(mara, "", { deleted: true }),
    message(ana, "", { kind: "system", deed: { name: "seek", position: 723, back: true } }),
    message(null, "somebody who closed the account"),
  ];
  /** @type {import("../chat/rows.js").Pending[]} */
  const pending = [
    { nonce: "n1", body: "on its way", media_time: 60, created_at: now, state: "sending" },
    {
      nonce: "n2",
      body: "did not go out",
      media_time: 60,
      created_at: now,
      state: "failed",
      reason: "You are muted in this room.",
    },
  ];
  return rowsOf(said, pending, mara, "");
}

export const ROWS = evening();
