/**
 * Words that mean the same, as the playbook lists them.
 *
 * The index holds the lists and no more. What they find is looked up when one of their words is
 * asked for, so that nobody fetches anything for the sake of words that nobody types.
 */
import { otherForms } from "./endings.js"
import { expand } from "./expanding.js"
import { standing } from "./places.js"
import { together } from "./weighing.js"

/** How near a word comes that means the same: a little less than another form of the one typed. */
const SAME = 0.8
/** The same where only its beginning has been typed, and the letters from which on it counts. */
const SAME_AS_BEGUN = 0.5
const BEGUN_FROM = 3

/**
 * @typedef {import("./expanding.js").Hit} Hit
 * @typedef {import("./reading.js").Edition} Edition
 * @typedef {import("./words.js").Words} Words
 */

/**
 * Find what means the same as a word, or as words in a row of which it is one.
 * @param {Edition} edition
 * @param {string} word
 * @param {string[]} asked the words that are asked for, in a row, and this one among them
 * @param {boolean} begun whether the last of them may be the beginning of a word
 * @returns {Promise<Hit[]>} Several words that together mean the same are one hit, and the spaces
 *   between them are in its term.
 */
export async function sameMeaning(edition, word, asked, begun = false) {
  if (edition.synonyms.length === 0) return []
  const forms = asked.map((one) => new Set([one, ...otherForms(one)]))
  const found = edition.synonyms.flatMap((group) =>
    group.flatMap((member) => {
      const near = nearness(member.words, word, asked, forms, begun)
      const others = near > 0 ? group.filter((other) => other !== member) : []
      return others.map(async (other) => {
        const hits = await hitsOf(edition, other)
        return hits.map((hit) => ({ ...hit, quality: hit.quality * near }))
      })
    }),
  )
  return (await Promise.all(found)).flat()
}

/**
 * How near what is asked for comes to words in a row, one of which is to be the given one.
 * @param {string[]} words
 * @param {string} given
 * @param {string[]} asked
 * @param {Set<string>[]} forms of each word that is asked for
 * @param {boolean} begun
 * @returns {number} 0 where it does not
 */
function nearness(words, given, asked, forms, begun) {
  const last = words.length - 1
  for (let from = 0; from + last < asked.length; from++) {
    const row = asked.slice(from, from + words.length)
    if (!row.includes(given)) continue
    if (!words.slice(0, last).every((word, n) => forms[from + n].has(word))) continue
    if (forms[from + last].has(words[last])) return SAME
    const isBegun = begun && from + words.length === asked.length && row[last].length >= BEGUN_FROM
    if (isBegun && words[last].startsWith(row[last])) return SAME_AS_BEGUN
  }
  return 0
}

/** @param {Edition} edition @param {Words} member @returns {Promise<Hit[]>} */
async function hitsOf(edition, { words, places }) {
  const spots = await Promise.all(
    words.map(async (word, n) => {
      const { exact, forms } = await expand(edition, word)
      return { offset: places[n], hits: [...exact, ...forms] }
    }),
  )
  if (spots.length === 1) return spots[0].hits
  const weights = together(spots.map(({ hits }) => hits))
  const docs = await standing(edition, spots, Int32Array.from(weights.keys()))
  const shard = {
    terms: [words.join(" ")],
    starts: Int32Array.of(0, docs.length),
    docs,
    weights: Uint8Array.from(docs, (doc) => weights.get(doc) ?? 0),
  }
  return docs.length > 0 ? [{ shard, n: 0, term: shard.terms[0], quality: 1 }] : []
}
