/**
 * Other people's voices as sound: a plain audio element each, so that the browser can take their
 * echo out of the microphone.
 * @module
 */

export class Voices {
  /** @type {Map<string, {audio: HTMLAudioElement, userId: string}>} */
  #voices = new Map();
  #deafened = false;
  #speaker = "";

  /**
   * @param {object} options
   * @param {HTMLElement} options.host where the elements live, out of sight
   * @param {(userId: string) => number} options.volumeOf
   * @param {() => void} options.onBlocked the browser wants a tap before it makes a sound
   */
  constructor({ host, volumeOf, onBlocked }) {
    this.host = host;
    this.volumeOf = volumeOf;
    this.onBlocked = onBlocked;
  }

  /**
   * @param {string} session
   * @param {string} userId
   * @param {MediaStreamTrack} track
   */
  add(session, userId, track) {
    this.drop(session);
    const audio = document.createElement("audio");
    audio.autoplay = true;
    audio.srcObject = new MediaStream([track]);
    audio.volume = this.volumeOf(userId);
    audio.muted = this.#deafened;
    audio.dataset.voice = session;
    this.host.append(audio);
    this.#voices.set(session, { audio, userId });
    void this.#direct(audio);
    audio.play().catch((error) => error.name === "NotAllowedError" && this.onBlocked());
  }

  /** @param {string} session */
  drop(session) {
    const voice = this.#voices.get(session);
    this.#voices.delete(session);
    if (!voice) return;
    voice.audio.srcObject = null;
    voice.audio.remove();
  }

  /** After a tap. */
  unblock() {
    for (const { audio } of this.#voices.values()) audio.play().catch(() => this.onBlocked());
  }

  /** @param {boolean} deafened */
  deafen(deafened) {
    this.#deafened = deafened;
    for (const { audio } of this.#voices.values()) audio.muted = deafened;
  }

  /** @param {string} userId */
  refreshVolume(userId) {
    for (const voice of this.#voices.values())
      if (voice.userId === userId) voice.audio.volume = this.volumeOf(userId);
  }

  /** @param {string} speaker device id, "" for the system's */
  async route(speaker) {
    this.#speaker = speaker;
    await Promise.all([...this.#voices.values()].map(({ audio }) => this.#direct(audio)));
  }

  clear() {
    for (const session of [...this.#voices.keys()]) this.drop(session);
  }

  /** @param {HTMLAudioElement} audio */
  async #direct(audio) {
    try {
      await audio.setSinkId?.(this.#speaker);
    } catch {
      // That speaker is gone: the system's own goes on.
    }
  }
}
