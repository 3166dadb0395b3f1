/**
 * Finds records and sections of the handbook, from static files alone.
 *
 * The Explore page and the worker behind the header's box use this module and no other; nothing
 * here knows the theme or a page. Nothing is fetched before `openIndex`, and then only the files
 * that what is asked for needs.
 *
 * The same query gives the same result whatever was searched before: what is looked at depends on
 * the query and on the index, never on what happens to be loaded.
 */
import { readAsked } from "./asking.js"
import { SearchError } from "./errors.js"
import { narrowed } from "./facets.js"
import { marked } from "./marking.js"
import { match, repairs, toMark } from "./matching.js"
import { below, joined, upTo } from "./numbers.js"
import { Edition, Replaced, newestFolder } from "./reading.js"
import { ranked, weigh } from "./weighing.js"
import { queryWords } from "./words.js"

export { SearchError, marked, readAsked }

/** Ids that are compared letter by letter: as many have the same words in another order. */
const SAME_WORDS = 8

/**
 * @typedef {import("./asking.js").Asked} Asked
 * @typedef {import("./asking.js").Selection} Selection
 * @typedef {import("./reading.js").Card} Card
 * @typedef {"relevance" | "newest" | "due" | "title"} Sort due: what ends soonest first
 * @typedef {{selection?: Selection, sort?: Sort, pages?: boolean, signal?: AbortSignal}} Options
 *   selection: chosen values by facet. pages: whether sections of pages are found beside records;
 *   they have no facets, so a selection leaves none of them.
 * @typedef {{docs: Int32Array, total: number, records: number, counts: Record<string, number[]>,
 *   selection: Selection, near: Set<number>, words: string[],
 *   repaired: {typed: string, meant: string}[], isEmpty: boolean}} Result
 *   docs: all that was found, in order. records: how many of them are records. counts: for each
 *   value of a facet, in its order, the records there would be with it. selection: the given one
 *   and what was typed as `status:running`. near: those of the docs that have not all words, but
 *   enough of what they tell. words: for `marked`. repaired: words taken for others. isEmpty: nothing was asked for.
 */

/**
 * Open the index of a site.
 * @param {string | URL} base address of the site's first page, or of anything in its folder
 * @param {{fetch?: typeof globalThis.fetch}} [options]
 * @returns {Promise<Engine>}
 * @throws {SearchError}
 */
export async function openIndex(base, { fetch = globalThis.fetch.bind(globalThis) } = {}) {
  const root = new URL(".", base).href
  return new Engine(root, fetch, await newest(root, fetch))
}

/** @param {string} root @param {typeof globalThis.fetch} fetch */
async function newest(root, fetch) {
  let folder = await newestFolder(root, fetch)
  try {
    return await new Edition(root, fetch, folder).open()
  } catch (error) {
    if (!(error instanceof Replaced)) throw error
    folder = error.folder
  }
  return await new Edition(root, fetch, folder).open().catch(outdated)
}

/** @param {unknown} error @returns {never} */
function outdated(error) {
  if (!(error instanceof Replaced)) throw error
  throw new SearchError("outdated", "The site is being published again and again.")
}

/** An open index. Calls may overlap: none changes what another returns. */
export class Engine {
  #root
  #fetch
  /** @type {Edition} */
  #edition
  /** @type {Map<string, Promise<Edition>>} */
  #opening = new Map()
  /** @type {WeakMap<ArrayBufferLike, Edition>} which edition the numbers in a result are of */
  #of = new WeakMap()

  /** @param {string} root @param {typeof globalThis.fetch} fetch @param {Edition} edition */
  constructor(root, fetch, edition) {
    this.#root = root
    this.#fetch = fetch
    this.#edition = edition
  }

  /** How many records there are. */
  get records() {
    return this.#edition.records
  }

  /** @returns {import("./asking.js").Facet[]} */
  get facets() {
    return this.#edition.facets.map(({ name, title, values, labels }) => {
      return { name, title, values, labels }
    })
  }

  /**
   * Find what has all that is typed, with counts of the facets. Without words: all records.
   * @param {string} typed
   * @param {Options} [options]
   * @returns {Promise<Result>}
   * @throws {SearchError} and what `signal` was aborted with
   */
  async search(typed, options = {}) {
    try {
      return await this.#search(this.#edition, typed, options)
    } catch (error) {
      if (!(error instanceof Replaced)) throw error
      await this.#move(error.folder)
    }
    return await this.#search(this.#edition, typed, options).catch(outdated)
  }

  /**
   * What is shown of documents, in the order given.
   * @param {Int32Array | number[]} docs numbers of a result; hand over its `docs` or a `subarray`
   *   of them, which tell of which build they are: an array of other make is read as of the newest
   * @returns {Promise<Card[]>}
   * @throws {SearchError} "outdated" where the site was published anew since: search again
   */
  async cards(docs) {
    const edition = ("buffer" in docs && this.#of.get(docs.buffer)) || this.#edition
    try {
      return await cardsOf(edition, docs)
    } catch (error) {
      if (!(error instanceof Replaced)) throw error
      await this.#move(error.folder)
      throw new SearchError("outdated", "The site was published anew; search again.")
    }
  }

  /**
   * @param {Edition} edition
   * @param {string} typed
   * @param {Options} options
   * @returns {Promise<Result>}
   */
  async #search(edition, typed, { selection: given = {}, sort = "relevance", pages, signal }) {
    signal?.throwIfAborted()
    const asked = readAsked(String(typed), edition.facets)
    const selection = together(edition, asked.selection, given)
    const text = asked.words.length + asked.phrases.length > 0
    const limit = pages ? edition.docs : edition.records
    const found = text ? await match(edition, asked, limit) : null
    signal?.throwIfAborted()
    const among = found?.docs ?? upTo(edition.records)
    const cut = below(among, edition.records)
    const { left, counts } = narrowed(edition.facets, selection, among.subarray(0, cut))
    const chosen = Object.keys(selection).length > 0
    const docs = chosen ? left : joined(left, among.subarray(cut))
    const near = found?.near ?? new Set()
    const sorted =
      found && sort === "relevance"
        ? await byRelevance(edition, docs, found, asked)
        : byOrder(edition, docs, near, sort === "relevance" ? "newest" : sort)
    signal?.throwIfAborted()
    this.#of.set(sorted.buffer, edition)
    return {
      docs: sorted,
      total: sorted.length,
      records: left.length,
      counts,
      selection,
      near: new Set(docs.filter((doc) => near.has(doc))),
      words: found ? toMark(found.parts) : [],
      repaired: found ? repairs(found.parts, sorted[0]) : [],
      isEmpty: !text && !chosen,
    }
  }

  /** @param {string} folder */
  async #move(folder) {
    if (this.#edition.folder === folder) return // another call was quicker
    let opening = this.#opening.get(folder)
    if (!opening) {
      opening = new Edition(this.#root, this.#fetch, folder).open().catch(outdated)
      this.#opening.set(folder, opening)
    }
    try {
      this.#edition = await opening
    } finally {
      this.#opening.delete(folder)
    }
  }
}

/** @param {Edition} edition @param {Int32Array | number[]} docs @returns {Promise<Card[]>} */
async function cardsOf(edition, docs) {
  const numbers = Array.from(docs)
  if (!numbers.every((doc) => Number.isInteger(doc) && doc >= 0 && doc < edition.docs)) {
    throw new SearchError("outdated", "There are no such documents; search again.")
  }
  const blocks = [...new Set(numbers.map((doc) => Math.floor(doc / edition.block)))]
  const read = await Promise.all(blocks.map((block) => edition.cards(block)))
  const of = new Map(blocks.map((block, n) => [block, read[n].cards]))
  return numbers.map((doc) => {
    const cards = of.get(Math.floor(doc / edition.block)) ?? []
    return cards[doc % edition.block]
  })
}

/**
 * @param {Edition} edition
 * @param {Selection} typed
 * @param {Selection} given
 * @returns {Selection}
 */
function together({ facets }, typed, given) {
  /** @type {Selection} */
  const found = {}
  for (const { name } of facets) {
    const values = new Set([...(given[name] ?? []), ...(typed[name] ?? [])])
    if (values.size > 0) found[name] = [...values]
  }
  return found
}

/**
 * @param {Edition} edition
 * @param {Int32Array} docs
 * @param {import("./matching.js").Matched} found
 * @param {Asked} asked
 */
async function byRelevance(edition, docs, { parts, extra }, { text }) {
  const { words, end } = queryWords(text)
  const telling = parts.map(({ found }) => found)
  const others = extra.map(({ found }) => found)
  const { scores, wholeIds } = weigh(edition, docs, telling, others, end)
  const same = wholeIds.slice(0, SAME_WORDS)
  const cards = await cardsOf(edition, same)
  const wanted = words.join(" ")
  const exact = same.filter((_, n) => queryWords(cards[n].id).words.join(" ") === wanted)
  return ranked(docs, scores, new Set(exact))
}

/**
 * @param {Edition} edition
 * @param {Int32Array} docs
 * @param {Set<number>} near those of them that come behind all others
 * @param {string} order
 */
function byOrder(edition, docs, near, order) {
  const ranks = edition.order[order]
  const scores = Float64Array.from(docs, (doc) => {
    // Records are numbered newest first. Sections of pages are in no order: behind them.
    const rank = ranks?.[doc] ?? doc
    return near.has(doc) ? -rank - edition.docs : -rank
  })
  return ranked(docs, scores, new Set())
}
