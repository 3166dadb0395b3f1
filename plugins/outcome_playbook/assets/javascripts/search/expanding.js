/** From a word that is asked for to the words of the index that it finds. */
import { otherForms } from "./endings.js"
import { compare, isUnspaced } from "./words.js"

/**
 * Files that the beginning of a word may open. What two letters begin may fill many: the first of
 * them answer until the next letter is there, and the same ones each time, whatever was loaded.
 */
const SHARDS = 4
/** How near a word of the index comes to the one asked for, 1 being that word. */
const FORM = 0.85
const BEGUN = 0.4
const BEGUN_AS_LONG = 0.8

/**
 * @typedef {import("./reading.js").Edition} Edition
 * @typedef {import("./reading.js").Terms} Terms
 * @typedef {{shard: Terms, n: number, term: string, quality: number}} Hit a word of the index
 * @typedef {{exact: Hit[], forms: Hit[], begun: Hit[]}} Hits
 */

/**
 * Find a word, its other forms and what begins with it.
 * @param {Edition} edition
 * @param {string} word
 * @param {{forms?: boolean, begun?: boolean}} wanted what is looked for besides the word
 * @returns {Promise<Hits>}
 */
export async function expand(edition, word, { forms = true, begun = false } = {}) {
  const whole = isUnspaced(word)
  const others = forms && !whole ? otherForms(word) : new Set()
  const numbers = new Set([word, ...others].map((one) => shardOf(edition, one)))
  const [first, last] = begun && !whole ? range(edition, word) : [0, -1]
  for (let n = first; n <= last; n++) numbers.add(n)
  numbers.delete(-1)
  /** @type {Map<number, Terms>} */
  const shards = new Map()
  const sorted = [...numbers].sort((one, other) => one - other)
  const read = await Promise.all(sorted.map((n) => edition.terms(n)))
  sorted.forEach((n, at) => shards.set(n, read[at]))

  /** @param {string} term @param {number} quality @returns {Hit[]} */
  const found = (term, quality) => {
    const shard = shards.get(shardOf(edition, term))
    const n = shard ? lowest(shard.terms, term) : 0
    return shard && shard.terms[n] === term ? [{ shard, n, term, quality }] : []
  }
  /** @type {Hits} */
  const hits = { exact: found(word, 1), forms: [], begun: [] }
  for (const other of [...others].sort(compare)) hits.forms.push(...found(other, FORM))
  const known = new Set([word, ...hits.forms.map(({ term }) => term)])
  for (let number = first; number <= last; number++) {
    const shard = /** @type {Terms} */ (shards.get(number))
    for (let n = lowest(shard.terms, word); shard.terms[n]?.startsWith(word); n++) {
      const term = shard.terms[n]
      const quality = BEGUN + ((BEGUN_AS_LONG - BEGUN) * word.length) / term.length
      if (!known.has(term)) hits.begun.push({ shard, n, term, quality })
    }
  }
  return hits
}

/** @param {Edition} edition @param {string} term @returns {number} its file, -1 for none */
export const shardOf = ({ shards }, term) => {
  const n = lowest(shards, term)
  return shards[n] === term ? n : n - 1
}

/** @param {Edition} edition @param {string} beginning @returns {[number, number]} first and last */
function range(edition, beginning) {
  const first = Math.max(0, shardOf(edition, beginning))
  let last = first
  while (last + 1 < first + SHARDS && edition.shards[last + 1]?.startsWith(beginning)) last++
  return edition.shards.length > 0 ? [first, last] : [0, -1]
}

/** @param {string[]} sorted @param {string} text @returns {number} where it is, or would be put */
function lowest(sorted, text) {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compare(sorted[middle], text) < 0) from = middle + 1
    else to = middle
  }
  return from
}
