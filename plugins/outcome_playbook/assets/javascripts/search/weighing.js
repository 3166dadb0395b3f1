/** How much each document found has to do with what is asked for. */

const MOST = 63
const WEIGHT_BITS = 2
// Bits of a weight in the index: in which fields a word stands.
const IN_ID = 1
const IN_TITLE = 2
// Bits of a document here: the same, and the same where the word is the one typed.
const EXACT = 2
const SEEN = 16

// What it adds that words are in one field, as a share of what they may be worth: in a field of
// many others, and in one that has no others.
const TITLE = [0.5, 1.2]
const ID = [0.4, 1.0]
/** What a title adds that is what was typed, and then an id: more than all words can. */
const WHOLE_TITLE = 1_000
const WHOLE_ID = 1_000_000
/** Steps in which worths are told apart, and a number above that of any document. */
const STEPS = 1_000
const DOCS = 2 ** 21
/** How much a word counts in a title that has another form of it. */
const OTHER_FORM = 0.8
/** What a page is worth that lacks a word, beside such a record: most ask for what was tried. */
const NEAR_PAGE = 0.8

/**
 * @typedef {import("./expanding.js").Hit} Hit
 * @typedef {import("./reading.js").Edition} Edition
 */

/** The documents that have a word, or one that stands for it, and what each of them is worth. */
export class Found {
  count = 0
  /** How much the word tells, the fewer documents have it the more. */
  rarity = 0
  /** @type {string[]} */
  #terms = [""]
  #by

  /** @param {number} limit documents that are looked at */
  constructor(limit) {
    this.limit = limit
    this.scores = new Float32Array(limit)
    this.flags = new Uint8Array(limit)
    this.#by = new Uint16Array(limit)
  }

  /**
   * Add words that come less near to what was typed than those before. A document is worth what
   * the best of its words gives it.
   * @param {Hit[]} hits
   */
  add(hits) {
    const { flags, scores, limit } = this
    each(hits, limit, (doc) => {
      this.count += flags[doc] & SEEN ? 0 : 1
      flags[doc] |= SEEN
    })
    const rarity = rarityOf(this.count, limit)
    if (this.rarity === 0 && this.count > 0) this.rarity = rarity
    for (const hit of hits) {
      const number = Math.min(this.#terms.push(hit.term) - 1, 0xffff)
      each([hit], limit, (doc, weight) => {
        const fields = weight & (IN_ID | IN_TITLE)
        flags[doc] |= hit.quality === 1 ? fields | (fields << EXACT) : fields
        const worth = (hit.quality * rarity * (weight >> WEIGHT_BITS)) / MOST
        if (worth <= scores[doc]) return
        scores[doc] = worth
        this.#by[doc] = number
      })
    }
  }

  /** @param {number} doc */
  has = (doc) => (this.flags[doc] & SEEN) !== 0

  /** @returns {Int32Array} ascending */
  docs() {
    const found = new Int32Array(this.count)
    for (let doc = 0, at = 0; at < this.count; doc++) if (this.has(doc)) found[at++] = doc
    return found
  }

  /** @param {number} doc @returns {string | undefined} its word that tells most */
  termOf(doc) {
    return this.#terms[this.#by[doc]] || undefined
  }
}

/**
 * How much a word tells, as BM25 has it.
 * @param {number} count documents that have it
 * @param {number} among so many
 */
export const rarityOf = (count, among) => Math.log(1 + (among - count + 0.5) / (count + 0.5))

/**
 * What documents weigh that have several words, as if these were one: as much as the word of them
 * that tells least, in the fields that have all of them.
 * @param {Hit[][]} words of each word, the hits that may stand for it
 * @returns {Map<number, number>} the weight of each document that has them all, ascending
 */
export function together(words) {
  const weights = words.map((hits) => {
    /** @type {Map<number, number>} */
    const found = new Map()
    each(hits, Infinity, (doc, weight) => found.set(doc, Math.max(weight, found.get(doc) ?? 0)))
    return found
  })
  const [first, ...others] = weights
  const docs = [...first.keys()].filter((doc) => others.every((of) => of.has(doc)))
  const least = (/** @type {number} */ doc) =>
    weights.reduce((all, of) => {
      const weight = of.get(doc) ?? 0
      const fields = all & weight & (IN_ID | IN_TITLE)
      return (Math.min(all >> WEIGHT_BITS, weight >> WEIGHT_BITS) << WEIGHT_BITS) | fields
    }, first.get(doc) ?? 0)
  return new Map(docs.sort((one, other) => one - other).map((doc) => [doc, least(doc)]))
}

/**
 * @param {Hit[]} hits
 * @param {number} limit
 * @param {(doc: number, weight: number) => void} use
 */
function each(hits, limit, use) {
  for (const { shard, n } of hits) {
    for (let at = shard.starts[n]; at < shard.starts[n + 1]; at++) {
      if (shard.docs[at] >= limit) break // ascending
      use(shard.docs[at], shard.weights[at])
    }
  }
}

/**
 * What documents are worth, for what was asked: the sum over its words, more where they make up
 * the title or the id, less where some are missing.
 * @param {Edition} edition
 * @param {Int32Array} docs
 * @param {Found[]} telling the words that are to be there
 * @param {Found[]} others those that need not
 * @param {number} length of what was typed, in words
 * @returns {{scores: Float64Array, wholeIds: number[]}} wholeIds: documents whose id may be what
 *   was typed, as far as its words tell
 */
export function weigh({ sizes, records }, docs, telling, others, length) {
  const scores = new Float64Array(docs.length)
  const wholeIds = []
  const all = [...telling, ...others]
  for (let n = 0; n < docs.length; n++) {
    const doc = docs[n]
    let score = 0
    let has = 0
    for (const found of all) score += found.scores[doc]
    for (const found of telling) if (found.has(doc)) has++
    score += field(telling, others, doc, IN_TITLE, TITLE, sizes.title[doc], length)
    score += field(telling, others, doc, IN_ID, ID, sizes.id[doc], length)
    if (sizes.title[doc] === length && exactly(all, doc, IN_TITLE)) score += WHOLE_TITLE
    if (sizes.id[doc] === length && exactly(all, doc, IN_ID)) wholeIds.push(doc)
    const isNearPage = doc >= records && has < telling.length
    scores[n] = score * (has / telling.length) ** 2 * (isNearPage ? NEAR_PAGE : 1)
  }
  return { scores, wholeIds }
}

/** @param {Found[]} words @param {number} doc @param {number} bit */
const exactly = (words, doc, bit) => words.every(({ flags }) => flags[doc] & (bit << EXACT))

/**
 * @param {Found[]} telling
 * @param {Found[]} others
 * @param {number} doc
 * @param {number} bit of the field
 * @param {number[]} adds
 * @param {number} size words in the field
 * @param {number} length words that were typed
 * @returns {number} what it adds that telling words are in the field: the more, the more of them,
 *   and the more of the field and of what was typed are the same words
 */
function field(telling, others, doc, bit, [some, whole], size, length) {
  let worth = 0
  let both = 0
  let there = 0
  let all = 0
  for (const { flags, rarity } of telling) {
    all += rarity
    if (!(flags[doc] & bit)) continue
    there += rarity
    worth += flags[doc] & (bit << EXACT) ? rarity : rarity * OTHER_FORM
    both++
  }
  if (there === 0) return 0
  for (const { flags, rarity } of others) {
    if (!(flags[doc] & bit)) continue
    worth += rarity
    both++
  }
  const alike = both / Math.max(both, size + length - both)
  return worth * (there / all) * (some + (whole - some) * alike)
}

/**
 * Put documents in the order of their worth, those worth the same by their numbers.
 * @param {Int32Array} docs
 * @param {Float64Array} scores
 * @param {Set<number>} first those that come before all others
 * @returns {Int32Array}
 */
export function ranked(docs, scores, first) {
  // One number each, so that they are sorted as numbers: the worth in steps, then the document.
  const keys = new Float64Array(docs.length)
  for (let n = 0; n < docs.length; n++) {
    const worth = scores[n] + (first.has(docs[n]) ? WHOLE_ID : 0)
    keys[n] = docs[n] - Math.round(worth * STEPS) * DOCS
  }
  keys.sort()
  const order = new Int32Array(docs.length)
  for (let n = 0; n < keys.length; n++) order[n] = ((keys[n] % DOCS) + DOCS) % DOCS
  return order
}

