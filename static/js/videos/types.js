/**
 * What the film pages speak of. Types only.
 * @typedef {object} Rendition
 * @property {string} name
 * @property {number} height
 * @property {number | null} [bitrate]
 * @property {string} state
 * @property {number} progress
 *
 * @typedef {object} Track of sound or subtitles
 * @property {string} [id]
 * @property {string} language
 * @property {string} title
 * @property {boolean} [forced]
 * @property {boolean} [default]
 * @property {string} [state]
 *
 * @typedef {object} Film
 * @property {string} id
 * @property {string} title
 * @property {"uploading" | "queued" | "probing" | "processing" | "ready" | "failed"} state
 * @property {number} progress 0–100
 * @property {boolean} playable
 * @property {number} available_until seconds
 * @property {number | null} duration seconds
 * @property {number | null} width
 * @property {number | null} height
 * @property {number} bytes
 * @property {string} note a remark for its owner
 * @property {{code: string, message: string} | null} error
 * @property {boolean} retryable
 * @property {Rendition[]} renditions
 * @property {Track[]} subtitles
 * @property {Track[]} audio
 * @property {string | null} poster
 * @property {string[]} posters frames to choose from; the poster is one of them
 * @property {string} expires_at when the addresses end
 *
 * @typedef {object} Usage
 * @property {number} videos
 * @property {number} bytes
 * @property {number | null} quota_bytes null: as much as the disk holds
 * @property {number} max_upload_bytes
 */
export {};
