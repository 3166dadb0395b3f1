/** Why there is nothing to search. */

/**
 * @typedef {"missing" | "broken" | "outdated" | "unsupported" | "offline"} Reason
 *   missing: this site has no index; broken: it has, and it cannot be read; outdated: it has been
 *   replaced while it was being read, or another version of this script wrote it, so that loading
 *   the page anew helps; unsupported: the browser cannot unpack it; offline: nobody answers.
 */

/** A search that could not be done. Nothing is lost: the same call may succeed later. */
export class SearchError extends Error {
  /**
   * @param {Reason} reason
   * @param {string} message for people who look into the console
   * @param {ErrorOptions} [options]
   */
  constructor(reason, message, options) {
    super(message, options)
    this.name = "SearchError"
    this.reason = reason
  }
}
