/** What a person does with a message: told to the server, refused in its words. */

import { ask } from "../components/dialog.js";
import { toast, toastError } from "../components/toast.js";
import { t } from "../lib/words.js";

/** @typedef {import("../room/types.js").Ctx} Ctx */
/** @typedef {import("../room/types.js").Message} Message */

export class Deeds {
  /** @param {Ctx} ctx */
  constructor(ctx) {
    this.ctx = ctx;
  }

  /** @param {string} capability */
  can(capability) {
    return this.ctx.remote.can(capability);
  }

  /** @param {Message} message */
  isMine({ author }) {
    return author?.id === this.ctx.room.value.me.user.id;
  }

  /**
   * On or off. In a crowd one may not find oneself among those who are told by name: what changed
   * nothing was there already, and goes.
   * @param {string} id
   * @param {string} emoji
   * @param {boolean} on
   */
  async react(id, emoji, on) {
    const answer = await this.#tell({ type: "chat:react", id, emoji, on });
    if (on && answer?.changed === false)
      await this.#tell({ type: "chat:react", id, emoji, on: false });
  }

  /** @param {Message} message */
  async pin({ id, pinned }) {
    await this.#tell({ type: "chat:pin", id, on: !pinned });
  }

  /**
   * @param {string} id
   * @param {string} body
   * @returns {Promise<boolean>} whether it reads so now
   */
  async edit(id, body) {
    return (await this.#tell({ type: "chat:edit", id, body })) !== null;
  }

  /** @param {Message} message */
  async delete(message) {
    const mine = this.isMine(message);
    const sure = await ask({
      title: t("Delete this message?"),
      words: mine
        ? t("Nobody can read it any more, you neither.")
        : t("Nobody can read it any more. The room sees that a message was deleted."),
      yes: t("Delete"),
      bad: true,
    });
    if (sure) await this.#tell({ type: "chat:delete", id: message.id });
  }

  /** @param {Message} message */
  async copy({ body }) {
    try {
      await navigator.clipboard.writeText(body);
      toast(t("Copied."), { kind: "ok" });
    } catch {
      toast(t("This browser does not let pages copy. Select the words instead."));
    }
  }

  /** @param {import("../room/types.js").Frame} frame @returns {Promise<Record<string, any> | null>} null where it was refused */
  async #tell(frame) {
    try {
      return await this.ctx.link.request(frame);
    } catch (error) {
      toastError(error);
      return null;
    }
  }
}
