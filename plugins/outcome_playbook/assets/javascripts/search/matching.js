/**
 * Which documents have what is asked for.
 *
 * Every word has to be there. Where no document has them all, the search looks further, step by
 * step: for words that begin so, and for words with a typing error. Where few records have them
 * all, those that come near are found too: who half remembers a record gets a word wrong. Each
 * step depends on what is asked and on the index alone.
 */
import { expand } from "./expanding.js"
import { below } from "./numbers.js"
import { standing } from "./places.js"
import { REPAIRED_FROM, meant } from "./repairing.js"
import { sameMeaning } from "./synonyms.js"
import { Found, rarityOf } from "./weighing.js"
import { compare, isUnspaced } from "./words.js"

/** A word that more of the documents have says nothing, as long as others are asked for. */
const COMMON = 0.4
/** Letters from which on the beginning of a word is looked for: the last one is being typed. */
const BEGUN_FROM = 3
const LAST_BEGUN_FROM = 2
/** Where fewer records have all words, those that come near follow. */
const FEW = 10
/** How much of what the words tell a document has to have to come near. */
const NEAR = 0.4
/** How near a repaired word comes to what was typed; each further guess a little less. */
const REPAIRED = 0.55
const FURTHER = 0.03

/**
 * @typedef {import("./asking.js").Asked} Asked
 * @typedef {import("./expanding.js").Hit} Hit
 * @typedef {import("./expanding.js").Hits} Hits
 * @typedef {import("./reading.js").Edition} Edition
 * @typedef {{word: string, last: boolean, phrase: number, hits: Hits, same: Hit[], found: Found,
 *   repaired: Map<string, string>}} Part a word that is asked for. phrase: the number of its
 *   phrase, or -1. same: what means the same. repaired: what it may have been meant to be, by the
 *   words that this finds
 * @typedef {{docs: Int32Array, near: Set<number>, parts: Part[], extra: Part[]}} Matched
 *   docs: ascending. near: those of them that have not all words. extra: words that need not be
 *   there, and count where they are.
 */

/**
 * @param {Edition} edition
 * @param {Asked} asked
 * @param {number} limit documents that are looked at: the records, or the sections of pages too
 * @returns {Promise<Matched>}
 */
export async function match(edition, asked, limit) {
  const all = await Promise.all(wanted(asked).map((part) => begin(edition, part, asked, limit)))
  const telling = all.filter((part) => part.phrase >= 0 || tells(edition, part))
  const parts = telling.length > 0 ? telling : all
  const extra = all.filter((part) => !parts.includes(part))

  // Records decide how far the search looks, so that pages beside them change none of these.
  const records = (/** @type {Int32Array} */ docs) => below(docs, edition.records)
  await repair(edition, parts.filter(({ found }) => records(found.docs()) === 0))
  let docs = await withAll(edition, asked, parts)
  if (records(docs) === 0) {
    await widen(edition, parts)
    docs = await withAll(edition, asked, parts)
  }
  if (records(docs) === 0) {
    await repair(edition, parts.filter((part) => !isWord(part) && part.repaired.size === 0))
    docs = await withAll(edition, asked, parts)
  }
  // What is quoted is meant as it is: where it is found, nothing comes near.
  const isMeant = records(docs) > 0 && asked.phrases.length > 0
  if (isMeant || records(docs) >= FEW) {
    return { docs, near: new Set(), parts, extra }
  }
  const complete = new Set(docs)
  docs = withMost(parts, edition.records, limit)
  return { docs, near: new Set(docs.filter((doc) => !complete.has(doc))), parts, extra }
}

/** @param {Asked} asked @returns {{word: string, last: boolean, phrase: number}[]} */
function wanted({ words, phrases }) {
  const found = [...new Set(words)].map((word) => {
    const last = word === words.at(-1)
    return { word, last, phrase: -1 }
  })
  phrases.forEach(({ words: together, open }, phrase) => {
    for (const [n, word] of together.entries()) {
      found.push({ word, last: open && n === together.length - 1, phrase })
    }
  })
  return found
}

/**
 * @param {Edition} edition
 * @param {{word: string, last: boolean, phrase: number}} wanted
 * @param {Asked} asked
 * @param {number} limit
 * @returns {Promise<Part>}
 */
async function begin(edition, { word, last, phrase }, { words }, limit) {
  const forms = phrase < 0
  const begun = last && [...word].length >= LAST_BEGUN_FROM
  const hits = await expand(edition, word, { forms, begun })
  // The beginning of a word that no document has stands for others only where nothing begins so.
  const none = begun && !isWord({ hits, same: [] }) && hits.begun.length === 0
  const same = forms ? await sameMeaning(edition, word, words, none) : []
  const found = new Found(limit)
  for (const tier of [hits.exact, hits.forms, same, hits.begun]) found.add(tier)
  const part = { word, last, phrase, hits, same, found, repaired: new Map() }
  // Inside a query a beginning stands for a word only where there is no such word.
  if (!isWord(part)) await widen(edition, [part])
  return part
}

/** @param {Pick<Part, "hits" | "same">} part whether the index has the word, or what stands for it */
const isWord = ({ hits: { exact, forms }, same }) =>
  exact.length > 0 || forms.length > 0 || same.length > 0

/**
 * Take what begins so for words that are not the last: what is quoted is meant as it is.
 * @param {Edition} edition
 * @param {Part[]} parts
 */
async function widen(edition, parts) {
  const short = parts.filter(
    ({ word, last, phrase, hits }) =>
      !last && phrase < 0 && hits.begun.length === 0 && [...word].length >= BEGUN_FROM,
  )
  const wider = await Promise.all(short.map(({ word }) => expand(edition, word, { begun: true })))
  short.forEach((part, n) => {
    part.hits = wider[n]
    part.found.add(wider[n].begun)
  })
}

/**
 * Whether a word has to be there: not one that nearly all documents have, nor a letter that may
 * become any word, which would take away what was found until the next one is typed.
 * @param {Edition} edition
 * @param {Part} part
 */
function tells(edition, { word, last, hits }) {
  if (share(edition, hits.exact) > COMMON) return false
  return !last || isUnspaced(word) || [...word].length >= LAST_BEGUN_FROM
}

/** @param {Edition} edition @param {Hit[]} exact @returns {number} of the documents that have it */
function share(edition, [hit]) {
  return hit ? (hit.shard.starts[hit.n + 1] - hit.shard.starts[hit.n]) / edition.docs : 0
}

/** @param {Edition} edition @param {Part[]} parts */
async function repair(edition, parts) {
  const long = parts.filter(
    ({ word, phrase }) => [...word].length >= REPAIRED_FROM && !isUnspaced(word) && phrase < 0,
  )
  if (long.length === 0) return
  const known = await edition.words()
  for (const part of long) {
    const terms = meant(known, part.word, part.last)
    const found = await Promise.all(terms.map((term) => standingFor(edition, term)))
    found.forEach((tiers, n) => {
      for (const hits of tiers) {
        part.found.add(
          hits.map((hit) => ({ ...hit, quality: hit.quality * (REPAIRED - FURTHER * n) })),
        )
      }
      for (const { term } of tiers.flat()) {
        if (!part.repaired.has(term)) part.repaired.set(term, terms[n])
      }
    })
  }
}

/** @param {Edition} edition @param {string} word @returns {Promise<Hit[][]>} the nearest first */
async function standingFor(edition, word) {
  const [{ exact, forms }, same] = await Promise.all([
    expand(edition, word),
    sameMeaning(edition, word, [word]),
  ])
  return [exact, forms, same]
}

/**
 * @param {Edition} edition
 * @param {Asked} asked
 * @param {Part[]} parts
 * @returns {Promise<Int32Array>} the documents that have every word, and phrases as they are typed
 */
async function withAll(edition, asked, parts) {
  if (parts.length === 0) return new Int32Array()
  const [rarest, ...others] = [...parts].sort((one, other) => one.found.count - other.found.count)
  /** @type {Int32Array} */
  let docs = rarest.found.docs().filter((doc) => others.every(({ found }) => found.has(doc)))
  for (const [n, { places }] of asked.phrases.entries()) {
    const together = parts.filter(({ phrase }) => phrase === n)
    const spots = together.map(({ hits: { exact, begun }, last }, at) => {
      return { offset: places[at], hits: last ? [...exact, ...begun] : exact, exact }
    })
    // What nearly every document has is long to read and tells little: anything may stand there.
    const telling = spots.filter(({ exact }) => share(edition, exact) <= COMMON)
    docs = await standing(edition, telling.length > 1 ? telling : spots, docs)
  }
  return docs
}

/**
 * The documents that have enough of what the words tell, compared with the record that has most.
 * @param {Part[]} parts
 * @param {number} records how many of the documents are records, which come first
 * @param {number} limit
 * @returns {Int32Array} with those that have all words
 */
function withMost(parts, records, limit) {
  const told = new Float64Array(limit)
  for (const { found } of parts) {
    const docs = found.docs()
    const rarity = rarityOf(below(docs, records), records)
    for (const doc of docs) told[doc] += rarity
  }
  const most = greatest(told.subarray(0, records)) || greatest(told)
  const docs = []
  for (let doc = 0; doc < limit; doc++) {
    if (told[doc] > 0 && told[doc] >= most * NEAR) docs.push(doc)
  }
  return Int32Array.from(docs)
}

/** @param {Float64Array} numbers @returns {number} of none 0 */
const greatest = (numbers) => numbers.reduce((one, other) => Math.max(one, other), 0)

/**
 * The words to mark in what was found: those that were asked for, their other forms, and what a
 * word with a typing error was meant to be. `check*` stands for all that begins so.
 * @param {Part[]} parts
 * @returns {string[]}
 */
export function toMark(parts) {
  const found = parts.flatMap(({ word, last, hits, same, repaired }) => {
    const begun = hits.begun.length > 0 && (last || !isWord({ hits, same })) ? [`${word}*`] : []
    const others = [...hits.forms, ...same].map(({ term }) => term)
    return [word, ...begun, ...others, ...repaired.keys()].flatMap((term) => term.split(" "))
  })
  return [...new Set(found)].sort(compare)
}

/**
 * What words with typing errors were taken for: what the first result has.
 * @param {Part[]} parts
 * @param {number | undefined} best the first result
 * @returns {{typed: string, meant: string}[]}
 */
export function repairs(parts, best) {
  return parts.flatMap(({ word, found, repaired }) => {
    const meant = best === undefined ? undefined : repaired.get(found.termOf(best) ?? "")
    return meant === undefined ? [] : [{ typed: word, meant }]
  })
}
