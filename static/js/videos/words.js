/** What stopped an upload, in words and with the server's own where it said some. Pure. */

import { HttpError } from "../lib/http.js";
import { t } from "../lib/words.js";

export const signedOut = () =>
  t("You were signed out. Sign in and choose the file again: it goes on where it stopped.");

/** What a proxy in between may say without a reason of ours. @type {Record<number, () => string>} */
const BY_STATUS = {
  404: () => t("This upload is no longer known to the server. Start it again."),
  410: () => t("This upload waited too long and was given up. Start it again."),
  413: () => t("This file is too large for the server."),
  507: () => t("The server's disk is full. Ask the operator to make room."),
};

/**
 * @param {any} error of tus-js-client, which carries the answer that it did not like
 * @returns {HttpError}
 */
export function uploadError(error) {
  if (error instanceof HttpError) return error;
  const answer = error?.originalResponse;
  if (!answer)
    return new HttpError(
      0,
      "offline",
      t("The connection broke. Go on, and it continues where it stopped."),
    );
  const status = answer.getStatus();
  const said = saidBy(answer.getBody());
  const words =
    said.message ?? BY_STATUS[status]?.() ?? t("The server did not take it. Try again.");
  return new HttpError(status, said.code ?? `http_${status}`, words, {
    fields: said.fields,
    retryAfter: said.retry_after,
  });
}

/** @param {string} body */
function saidBy(body) {
  try {
    return JSON.parse(body).error ?? {};
  } catch {
    return {}; // a proxy's page, or nothing
  }
}

const AGAIN = new Set([0, 409, 423, 429]);
const HOPELESS = new Set([501, 507]);

/**
 * Whether the same request may succeed a little later.
 * @param {number} status 0 when there was no answer
 */
export const worthRepeating = (status) =>
  AGAIN.has(status) || (status >= 500 && !HOPELESS.has(status));
