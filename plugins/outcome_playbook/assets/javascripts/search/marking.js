/** Marks in a text what a search found there, however it is written. */
import { indexWords, isUnspaced, spans } from "./words.js"

/**
 * A text cut into pieces that were found and pieces that were not; joined, they are the text.
 * @param {string} text
 * @param {string[]} words as a search returns them; a word that ends with `*` stands for all that
 *   begin with it
 * @returns {{text: string, hit: boolean}[]}
 */
export function marked(text, words) {
  const whole = new Set(words.filter((word) => !word.endsWith("*")))
  const begun = words.filter((word) => word.endsWith("*")).map((word) => word.slice(0, -1))
  const places = spans(text)
  const read = places.map(([start, end]) => indexWords(text.slice(start, end)).words)
  const hits = read.map((found) =>
    found.some((word) => whole.has(word) || begun.some((beginning) => word.startsWith(beginning))),
  )
  for (let n = 0; n + 1 < places.length; n++) {
    // A pair of characters in a script without spaces, where they touch.
    const [one, next] = [read[n][0] ?? "", read[n + 1][0] ?? ""]
    if (places[n][1] === places[n + 1][0] && isUnspaced(one) && whole.has(one + next)) {
      hits[n] = hits[n + 1] = true
    }
  }
  return pieces(text, places, hits)
}

/** @param {string} text @param {[number, number][]} places @param {boolean[]} hits */
function pieces(text, places, hits) {
  const found = []
  let at = 0
  for (let n = 0; n < places.length; n++) {
    if (!hits[n]) continue
    const start = places[n][0]
    while (hits[n + 1] && places[n + 1][0] === places[n][1]) n++ // characters that touch
    const end = places[n][1]
    if (start > at) found.push({ text: text.slice(at, start), hit: false })
    found.push({ text: text.slice(start, end), hit: true })
    at = end
  }
  if (at < text.length) found.push({ text: text.slice(at), hit: false })
  return found
}
