/** Joins the parts of the room to what the page holds. Each part listens until `signal` ends. */

import { Chat } from "../chat/chat.js";
import { saveChat } from "../chat/save.js";
import { wireTabs } from "../components/tabs.js";
import { need } from "../lib/dom.js";
import { uploadFilm } from "../videos/upload.js";
import { mountAmbient } from "./ambient.js";
import { mountAnnouncements } from "./announcements.js";
import { mountAsks } from "./asks.js";
import { mountAway } from "./away.js";
import { mountCentre } from "./centre.js";
import { mountChips } from "./chips.js";
import { doer } from "./deeds.js";
import { mountDoors } from "./doors.js";
import { mountDrop } from "./drop.js";
import { mountEvening } from "./evening/mount.js";
import { learnFilms } from "./film-facts.js";
import { Idle } from "./idle.js";
import { Incoming } from "./incoming.js";
import { giveWayToKeyboard } from "./keyboard.js";
import { wireKeys } from "./keys.js";
import { mountKnocks } from "./knocks.js";
import { closeForGood, leave } from "./leaving.js";
import { tellLengths } from "./length.js";
import { mountPlayerMenus, mountRoomMenu } from "./menus.js";
import { mountOwnRights } from "./own-rights.js";
import { mountPeople } from "./people.js";
import { mountPlayer } from "./player.js";
import { mountQueue } from "./queue.js";
import { mountReactions } from "./react.js";
import { Remote } from "./remote.js";
import { mountReportsSign } from "./reports-sign.js";
import { Scrub } from "./scrub.js";
import { Sign } from "./sign.js";
import { tellDeeds } from "./telling.js";
import { mountTitle } from "./title.js";
import { mountTouch } from "./touch.js";
import { mountUnwaited } from "./unwaited.js";
import { Stage } from "./views.js";
import { mountVoice } from "./voice.js";
import { Volume } from "./volume.js";
import { mountWelcome } from "./welcome.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Boot} Boot */
/**
 * @typedef {object} Parts
 * @property {Boot} boot
 * @property {HTMLElement} root
 * @property {HTMLVideoElement} video
 * @property {import("./link.js").Link} link with a room in it
 * @property {import("../sync/conductor.js").Conductor} conductor
 * @property {import("./api.js").RoomApi} api
 * @property {import("../friends/line.js").MeLine} me
 * @property {AbortSignal} signal
 */

/** @param {Parts} parts */
export function mountRoom({ boot, root, video, link, conductor, api, me, signal }) {
  const room = /** @type {import("../lib/store.js").Store<import("./types.js").RoomState>} */ (
    link.room
  );
  const stage = new Stage(root, video, signal);
  const side = need("[data-side]", root);
  const film = need("[data-film]", root);
  const deck = need("[data-deck]", film);
  const panels = need("[data-tabs]", side);
  /** @type {Record<string, () => void>} */
  const doors = {};
  /** @type {import("./types.js").Views} */
  const views = {
    chat: () => {
      showPanel("panel-chat");
      stage.chat(true);
      chat.focus();
    },
    message: (id) => {
      views.chat();
      chat.goTo(id);
    },
    toggleTheatre: () => stage.toggleTheatre(),
    toggleFull: () => void stage.toggleFull(),
    open: (name) => doors[name]?.(),
  };
  const remote = new Remote({ conductor, link, room });
  /** @type {Ctx} */
  const ctx = { boot, signal, link, room, conductor, remote, api, views, me };

  const badge = need('[data-count="chat"]', side);
  const chat = new Chat(ctx, { side, badge, sign: need("[data-sign]", film) });
  const showPanel = wireTabs(panels, {
    signal,
    onChoose: (id) => id === "panel-chat" && chat.shown(),
  });
  const incoming = new Incoming(ctx, uploadFilm, () => drop.draw());
  const drop = mountDrop(ctx, {
    film,
    over: need("[data-over]", film),
    input: /** @type {HTMLInputElement} */ (need("[data-file]")),
    incoming,
  });
  const volume = new Volume(video, deck, signal);
  const idle = mountFilm(ctx, { root, film, deck, video, stage });
  const voice = mountVoice(ctx, {
    hosts: [...root.querySelectorAll("[data-voice]")].map(
      (host) => /** @type {HTMLElement} */ (host),
    ),
    sounds: need("[data-voices]", root),
    volume,
  });
  mountPeople(ctx, voice, {
    faces: need("[data-faces]", root),
    dock: need("[data-dock]", root),
    list: need("[data-people]", side),
    count: need('[data-count="people"]', side),
    name: need("[data-room-name]", root),
    sub: need("[data-room-sub]", root),
  });
  mountQueue(ctx, { list: need("[data-queue]", side), count: need('[data-count="queue"]', side) });
  learnFilms(ctx);
  mountAnnouncements(ctx);
  mountAsks(ctx, need("[data-asks]", root));
  mountKnocks(ctx, need("[data-knocks]", root));
  mountWelcome(ctx, need("[data-welcome]", root));
  mountOwnRights(ctx, need("[data-own-rights]", root));
  mountUnwaited(ctx);
  tellLengths(ctx);
  mountAway(ctx, voice.call, need("[data-away]", root));
  doors.evening = mountEvening(ctx, {
    strip: need("[data-evening]", side),
    lobby: need("[data-lobby]", root),
  });
  doors.react = mountReactions(ctx, { root, film });
  mountDoors(ctx, doors, { incoming, choose: drop.choose, showPanel, voice });
  const menu = need('[data-menu="room"]', root);
  mountReportsSign(ctx, menu);
  mountRoomMenu(ctx, menu, {
    leave: () => void leave(ctx),
    close: () => void closeForGood(ctx),
    saveChat: () => void saveChat(api, room.value.room.name),
  });
  tellDeeds(ctx, new Sign(need("[data-sign]", film), need("[data-room-deed]", root), signal));
  giveWayToKeyboard(root, signal);
  wireKeys(doer(ctx, { volume, stage, call: voice.call, idle }), signal);
}

/**
 * @param {Ctx} ctx
 * @param {{root: HTMLElement, film: HTMLElement, deck: HTMLElement, video: HTMLVideoElement, stage: Stage}} parts
 */
function mountFilm(ctx, { root, film, deck, video, stage }) {
  const { signal, link, conductor } = ctx;
  mountPlayer(ctx, { film, deck, stage });
  new Scrub(ctx, deck);
  mountCentre(ctx, need("[data-centre]", film), film);
  mountPlayerMenus(ctx, root);
  mountAmbient(
    video,
    /** @type {HTMLCanvasElement} */ (need("canvas[data-ambient]", film)),
    signal,
  );
  const idle = new Idle(film, () => !(conductor.state?.paused ?? true) && !deck.hidden, signal);
  mountTouch(ctx, { over: need("[data-over]", film), deck, idle, stage });
  mountTitle(ctx, {
    title: need("[data-title]", root),
    subtitle: need("[data-subtitle]", root),
  });
  mountChips(ctx, {
    sync: /** @type {import("../components/sw-chip.js").SwChip} */ (
      need("[data-sync-state]", root)
    ),
    link: /** @type {import("../components/sw-chip.js").SwChip} */ (
      need("[data-link-state]", root)
    ),
    onUseHere: () => link.socket.connect(),
  });
  return idle;
}
