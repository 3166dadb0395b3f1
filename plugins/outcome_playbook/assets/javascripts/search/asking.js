/**
 * What somebody asks for, read out of what is typed: words, "phrases" and `facet:value`.
 *
 * Whatever cannot be read as a phrase or a facet is text to search for, so nothing is ever wrong.
 */
import { folded, queryWords } from "./words.js"

/** Characters and words that are read; nobody types more, and a pasted page must not stall. */
const LONGEST = 200
const MOST = 12

/**
 * @typedef {{name: string, title: string, values: string[], labels: string[]}} Facet
 *   title and labels: what it and its values are called in the site's language
 * @typedef {Record<string, string[]>} Selection the chosen values of each facet
 * @typedef {{words: string[], phrases: {words: string[], places: number[], open: boolean}[],
 *   selection: Selection, rest: string, text: string}} Asked
 *   words: those to find anywhere, in the order in which they were typed. phrases: words that
 *   stand together, by their places; `open` is the one that is still being typed. selection: what
 *   facets were typed. rest: what was typed without these. text: the same without its quotes.
 */

const PARTS = /(?:([\p{L}_]+):)?(?:"([^"]*)("|$)|„([^“”"]*)([“”"]|$)|“([^”]*)(”|$))|\S+/gu

/**
 * @param {string} typed
 * @param {Facet[]} facets
 * @returns {Asked}
 */
export function readAsked(typed, facets) {
  /** @type {string[]} */
  const words = []
  /** @type {Asked["phrases"]} */
  const phrases = []
  /** @type {Selection} */
  const selection = {}
  const rest = []
  const text = []
  let room = MOST
  for (const match of typed.slice(0, LONGEST).matchAll(PARTS)) {
    const part = match[0]
    const quoted = match[2] ?? match[4] ?? match[6]
    const closed = match[3] || match[5] || match[7]
    const chosen = chosenBy(part, match[1], quoted, facets)
    if (chosen) {
      const { name, values } = chosen
      selection[name] = [...new Set([...(selection[name] ?? []), ...values])]
      continue
    }
    rest.push(part)
    text.push(quoted === undefined ? part : `${match[1] ?? ""} ${quoted}`)
    if (quoted === undefined || match[1]) take(`${match[1] ?? ""} ${quoted ?? part}`)
    else takePhrase(quoted, !closed)
  }
  return { words, phrases, selection, rest: rest.join(" "), text: text.join(" ") }

  /** @param {string} part */
  function take(part) {
    const found = queryWords(part).words.slice(0, room)
    words.push(...found)
    room -= found.length
  }

  /** @param {string} part @param {boolean} open */
  function takePhrase(part, open) {
    const found = queryWords(part)
    const count = Math.min(found.words.length, room)
    room -= count
    if (count > 0) {
      const places = found.places.slice(0, count)
      phrases.push({ words: found.words.slice(0, count), places, open })
    }
  }
}

/**
 * The values of a facet that a part of what was typed stands for: the one of that name or label,
 * else those that begin so, since the rest of it may still be typed.
 * @param {string} part
 * @param {string | undefined} before the facet of a part whose value is in quotes
 * @param {string | undefined} quoted
 * @param {Facet[]} facets
 * @returns {{name: string, values: string[]} | null} nothing if it is text to search for
 */
function chosenBy(part, before, quoted, facets) {
  const colon = part.indexOf(":")
  const named = before ?? (quoted === undefined && colon > 0 ? part.slice(0, colon) : "")
  const typed = folded(named)
  const facet = typed && facets.find(({ name, title }) => [name, folded(title)].includes(typed))
  if (!facet) return null
  const { name, values, labels } = facet
  const wanted = folded(quoted ?? part.slice(colon + 1))
  if (!wanted) return { name, values: [] }
  const spellings = values.map((value, n) => [folded(value), folded(labels[n])])
  const whole = values.filter((_, n) => spellings[n].includes(wanted))
  if (whole.length > 0) return { name, values: whole }
  const begun = values.filter((_, n) => spellings[n].some((one) => one.startsWith(wanted)))
  return begun.length > 0 ? { name, values: begun } : null
}
