/** What one may do about somebody below oneself: their role, their rights, the call, the door. */

import { html, nothing } from "lit";
import { until } from "lit/directives/until.js";
import { ask } from "../components/dialog.js";
import { menuItem } from "../components/drawn-menu.js";
import { toast, toastError } from "../components/toast.js";
import { http } from "../lib/http.js";
import { t } from "../lib/words.js";
import { ban } from "./moderating.js";
import { mayChange, ROLES, rightFor } from "./rights.js";
import { roleText } from "./words.js";

/** @typedef {import("./types.js").Ctx} Ctx */
/** @typedef {import("./types.js").Member} Member */

export const TEN_MINUTES_S = 600;

/**
 * @param {Ctx} ctx
 * @param {Member} member
 */
export function managing(ctx, member) {
  const { room, api, link } = ctx;
  const userId = member.user.id;
  const { me, voice } = room.value;
  const inCall = voice.peers.some(({ user }) => user.id === userId);
  const roles = ROLES.slice(ROLES.indexOf(me.role) + 1);
  return html`<p class="cap">${t("{name} is", { name: member.user.display_name })}</p>
    ${roles.map((role) => menuItem({ words: roleText(role), checked: role === member.role, run: () => api.setRole(userId, role).catch(toastError) }))}
    ${me.role === "owner" ? menuItem({ words: t("Give them the room…"), icon: "crown", run: () => handOver(api, member) }) : nothing}
    <hr>${rightItems(api, me, member)}
    ${member.capabilities.includes("moderate") ? nothing : until(shadowItem(ctx, member.user), shadowWaits())}
    <hr>${inCall ? menuItem({ words: t("Take out of the call"), icon: "mic-off", run: () => link.request({ type: "voice:remove", user_id: userId }).catch(toastError) }) : nothing}
    ${menuItem({ words: t("Clear what they wrote…"), icon: "trash", bad: true, run: () => void import("./moderation/clearing.js").then(({ clearPerson }) => clearPerson(ctx, member.user)) })}
    ${menuItem({ words: t("Remove from the room"), icon: "leave", bad: true, run: () => remove(api, member) })}
    ${menuItem({ words: t("Ban…"), icon: "lock", bad: true, run: () => ban(ctx, member.user) })}`;
}

const shadowWaits = () =>
  menuItem({
    words: t("Shadow mute…"),
    icon: "eye-off",
    bad: true,
    disabled: true,
    run: () => undefined,
  });

/** Only the server knows whether there is one. @param {Ctx} ctx @param {Member["user"]} user */
const shadowItem = (ctx, user) =>
  import("./moderation/shadow.js").then((shadow) => shadow.shadowItem(ctx, user)).catch(toastError);

/**
 * @param {import("./api.js").RoomApi} api
 * @param {Member} me
 * @param {Member} member
 */
function rightItems(api, me, member) {
  const item = (
    /** @type {string} */ capability,
    /** @type {string} */ icon,
    /** @type {string} */ words,
    /** @type {import("./api.js").Grant} */ grant,
  ) =>
    mayChange(me, member, capability, grant?.allowed === true)
      ? menuItem({ words, icon, run: () => void give(api, member.user.id, capability, grant) })
      : nothing;
  const can = (/** @type {string} */ capability) => member.capabilities.includes(capability);
  const own = (/** @type {string} */ capability) => rightFor(member, capability);
  const for10 = { for_s: TEN_MINUTES_S };
  return [
    ...(can("control")
      ? [
          own("control")
            ? item("control", "remote", t("Take the remote back"), null)
            : item("control", "remote", t("Take the remote"), { allowed: false }),
        ]
      : own("control")
        ? [item("control", "remote", t("Give the remote back"), null)]
        : [
            item("control", "remote", t("Give the remote for 10 minutes"), {
              allowed: true,
              ...for10,
            }),
            item("control", "remote", t("Give the remote until I take it back"), { allowed: true }),
          ]),
    ...(can("chat")
      ? [
          item("chat", "chat", t("Mute in the chat for 10 minutes"), { allowed: false, ...for10 }),
          item("chat", "chat", t("Mute in the chat until I end it"), { allowed: false }),
        ]
      : [item("chat", "chat", t("Let them write again"), null)]),
    can("voice")
      ? item("voice", "mic-off", t("Mute in voice"), { allowed: false })
      : item("voice", "mic", t("Let them talk again"), null),
  ];
}

/**
 * @param {import("./api.js").RoomApi} api
 * @param {string} userId
 * @param {string} capability
 * @param {import("./api.js").Grant} grant null is back to what the role says
 */
export const give = (api, userId, capability, grant) =>
  api.setRights(userId, { [capability]: grant }).catch(toastError);

/**
 * @param {import("./api.js").RoomApi} api
 * @param {Member} member
 */
async function handOver(api, { user }) {
  const { display_name: name } = user;
  const title = t("Give {name} the room?", { name });
  const words = t(
    "{name} hosts it from now on and decides about everything in it. You stay as a moderator, and only {name} can give it back.",
    { name },
  );
  if (!(await ask({ title, words, yes: t("Give the room"), bad: true }))) return;
  await http
    .post(`${api.path}/transfer/`, { user_id: user.id })
    .then(() => toast(t("{name} hosts this room now", { name }), { kind: "ok" }), toastError);
}

/**
 * Asks first.
 * @param {import("./api.js").RoomApi} api
 * @param {Pick<Member, "user">} member
 * @returns {Promise<boolean>} whether the answer was yes
 */
export async function remove(api, { user }) {
  const words = t(
    "They leave at once, and the room's link and old invites no longer let them in. A new invite does.",
  );
  const title = t("Remove {name}?", { name: user.display_name });
  if (!(await ask({ title, words, yes: t("Remove"), bad: true }))) return false;
  await api.kick(user.id).catch(toastError);
  return true;
}
