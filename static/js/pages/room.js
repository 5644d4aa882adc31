/** The room page: opens the socket, waits for the snapshot, then joins its parts. Wiring only. */

import "../components/sw-avatar.js";
import "../components/sw-chip.js";
import { readyToasts } from "../components/toast.js";
import { meHere } from "../friends/page.js";
import { need } from "../lib/dom.js";
import { renewSignIn } from "../lib/http.js";
import { RoomApi } from "../room/api.js";
import { showEnding } from "../room/ending.js";
import { followFaces } from "../room/faces.js";
import { Link } from "../room/link.js";
import { mountRoom } from "../room/mount.js";
import { tabId } from "../room/tab.js";
import { createConductor } from "../sync/conductor.js";

/** @typedef {import("../room/types.js").Boot} Boot */

const boot = /** @type {Boot} */ (JSON.parse(need("#boot").textContent ?? ""));
const root = need("[data-room]");
const video = /** @type {HTMLVideoElement} */ (need("[data-sync-player]"));
const page = new AbortController();
const { signal } = page;
const api = new RoomApi(boot.code);
const tab = tabId();

readyToasts();
const link = new Link({
  url: () =>
    `${location.origin.replace(/^http/u, "ws")}${boot.ws_path}?v=${boot.protocol}&tab=${tab}`,
  renewAccess: renewSignIn,
  ticket: () => api.ticket(),
});
const conductor = createConductor({
  video,
  socket: link,
  grant: (itemId) => api.grant(itemId),
  storage: ownStorage(),
});

link.state.subscribe(({ name, why }) => name === "ended" && end(why), signal);
link.room.subscribe((now, before) => now && !before && begin(), signal);
addEventListener("offline", () => link.socket.lost(), { signal });
addEventListener("online", () => link.socket.retry(), { signal });
document.addEventListener("visibilitychange", () => !document.hidden && link.socket.retry(), {
  signal,
});
link.socket.connect();
const me = meHere(signal);
me.knowHidden(boot.hidden);

function ownStorage() {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

function begin() {
  followFaces(link.room, signal);
  mountRoom({ boot, root, video, link, conductor, api, me, signal });
  exposeForChecks();
}

/** @param {import("../room/ending.js").Why | undefined} why */
function end(why) {
  page.abort();
  conductor.destroy();
  link.close();
  video.pause();
  showEnding(root, need("[data-room-end]"), why);
}

/** What outside browser checks may read. */
function exposeForChecks() {
  const { clock } = conductor;
  const room = Object.freeze({
    get timeline() {
      return structuredClone(conductor.timeline);
    },
    clock: Object.freeze({
      get offsetMs() {
        return clock.offsetMs;
      },
      now: () => clock.now(),
    }),
    voice: Object.freeze({
      get peers() {
        return structuredClone(link.room.value?.voice.peers ?? []);
      },
    }),
  });
  Object.defineProperty(globalThis, "syncwatch", { value: Object.freeze({ room }) });
}
