/**
 * Reads the files of an index: fetched when they are needed, unpacked, checked, kept in bounds.
 *
 * All files of one build stand in a folder named after what they hold, and `search/current.json`
 * names that folder. So no two builds mix: what was read of one folder fits together, and a file
 * that is gone means that the site has been published anew.
 */
import { SearchError } from "./errors.js"
import { queryWords } from "./words.js"

const FORMAT = 1
/** Bytes that decoded files may take, about; what was used longest ago goes first. */
const KEPT = 8 * 1024 * 1024

/**
 * @typedef {{terms: string[], starts: Int32Array, docs: Int32Array, weights: Uint8Array}} Terms
 *   one shard: the documents that have term `n` are `docs[starts[n]]` up to `docs[starts[n + 1]]`,
 *   ascending, and what it weighs there stands beside them in `weights`
 * @typedef {{name: string, title: string, values: string[], labels: string[], starts: Int32Array,
 *   numbers: Int32Array}} Column a facet: the values of record `n`, by their numbers, are
 *   `numbers[starts[n]]` up to `numbers[starts[n + 1]]`; `title` is its name in the site's language
 * @typedef {{id: string, kind: string, label: string, title: string, url: string, say: string,
 *   meta: string[], status: {look: string, word: string, icon: string} | null,
 *   late: string | null, effect: {text: string, around: string} | null, tags: string[],
 *   page?: string}} Card what is shown of a record or of a section: plain texts, never HTML
 */

/** Thrown inside the engine when an index has been replaced by a newer one. */
export class Replaced extends Error {
  /** @param {string} folder of the new one */
  constructor(folder) {
    super("The index has been replaced.")
    this.folder = folder
  }
}

/**
 * The folder that holds the newest index.
 * @param {string} root address of the site's first page, with a slash at its end
 * @param {typeof globalThis.fetch} fetch
 * @param {RequestCache} [cache] asks at least whether it is still the newest
 * @returns {Promise<string>}
 */
export async function newestFolder(root, fetch, cache = "no-cache") {
  const address = new URL("search/current.json", root).href
  const told = parsed(await text(await answer(address, fetch, cache)), address)
  if (told?.format !== FORMAT) {
    throw new SearchError("outdated", `${address} is of another version than this script.`)
  }
  check(/^[0-9a-f]{16}$/.test(told.folder), address)
  return told.folder
}

/** One build of the index. Its files never change. */
export class Edition {
  /** @type {Map<string, {value: any, size: number}>} what was used last comes last */
  #kept = new Map()
  #size = 0
  /** @type {Map<string, Promise<any>>} */
  #underway = new Map()
  #root
  #fetch

  /**
   * @param {string} root
   * @param {typeof globalThis.fetch} fetch
   * @param {string} folder
   */
  constructor(root, fetch, folder) {
    this.#root = root
    this.#fetch = fetch
    this.folder = folder
  }

  /** What every search needs; nothing else may be asked for before it. */
  async open() {
    return Object.assign(this, await this.#fetched("start.bin", readStart))
  }

  /** @type {number} */ records = 0
  /** @type {number} records and sections of pages */ docs = 0
  /** @type {number} cards in a file */ block = 1
  /** @type {string[]} the first term of each shard */ shards = []
  /** @type {{id: Int32Array, title: Int32Array}} words in the id and the title of each document */
  sizes = { id: new Int32Array(), title: new Int32Array() }
  /** @type {Record<string, Int32Array>} rank of each record in orders but newest first */ order = {}
  /** @type {Column[]} */ facets = []
  /** @type {import("./words.js").Words[][]} groups of words that mean the same */ synonyms = []

  /** @param {number} shard @returns {Promise<Terms>} */
  terms = (shard) => this.#read(`t${shard}.bin`, (told) => readTerms(told, this.docs))

  /**
   * @param {number} shard
   * @returns {Promise<{of: Int32Array[]}>} of each of its terms: for each of its documents, how
   *   many places there are, the first of them, and the distance of each from the one before
   */
  places = (shard) => this.#read(`p${shard}.bin`, readPlaces)

  /** @returns {Promise<{words: string[], df: Int32Array}>} every term, for typing errors */
  words = () => this.#read("w.bin", readWords)

  /** @param {number} block @returns {Promise<{cards: Card[]}>} */
  cards = (block) =>
    this.#read(`c${block}.bin`, (told) =>
      readCards(told, Math.min(this.block, this.docs - block * this.block)),
    )

  /**
   * A file, from what is kept or else fetched, once for all who ask for it at the same time.
   * @template {{size: number}} T
   * @param {string} name
   * @param {(told: any) => T} read
   * @returns {Promise<T>}
   */
  async #read(name, read) {
    const kept = this.#kept.get(name)
    if (kept) {
      this.#kept.delete(name)
      this.#kept.set(name, kept) // the last to go
      return kept.value
    }
    let underway = this.#underway.get(name)
    if (!underway) {
      underway = this.#fetched(name, read)
        .then((value) => this.#keep(name, value))
        .finally(() => this.#underway.delete(name))
      this.#underway.set(name, underway)
    }
    return underway
  }

  /**
   * A file, fetched. When it cannot be read, the site may have been published anew, or is being
   * written at this moment: unless there is a newer folder, it is read once more, past every cache.
   * @template T
   * @param {string} name
   * @param {(told: any) => T} read
   * @returns {Promise<T>}
   */
  async #fetched(name, read) {
    const address = new URL(`search/${this.folder}/${name}`, this.#root).href
    /** @param {RequestCache} cache */
    const attempt = async (cache) => {
      const told = parsed(await text(await answer(address, this.#fetch, cache)), address)
      try {
        return read(told)
      } catch (error) {
        throw broken(address, error)
      }
    }
    try {
      return await attempt("default")
    } catch (error) {
      if (!(error instanceof SearchError) || !["missing", "broken"].includes(error.reason)) {
        throw error
      }
      const folder = await newestFolder(this.#root, this.#fetch, "reload")
      if (folder !== this.folder) throw new Replaced(folder)
    }
    try {
      return await attempt("reload")
    } catch (error) {
      // The index is there, for its newest folder is known: it is this file that is not.
      const isGone = error instanceof SearchError && error.reason === "missing"
      throw isGone ? broken(address, error) : error
    }
  }

  /**
   * @template {{size: number}} T
   * @param {string} name
   * @param {T} value
   * @returns {T}
   */
  #keep(name, value) {
    this.#kept.set(name, { value, size: value.size })
    this.#size += value.size
    for (const [oldest, { size: freed }] of this.#kept) {
      if (this.#size <= KEPT || oldest === name) break
      this.#kept.delete(oldest)
      this.#size -= freed
    }
    return value
  }
}

/** @param {string} address @param {typeof globalThis.fetch} fetch @param {RequestCache} cache */
async function answer(address, fetch, cache) {
  let got
  try {
    got = await fetch(address, { cache, credentials: "same-origin" })
  } catch (error) {
    throw new SearchError("offline", `${address} does not answer.`, { cause: error })
  }
  if (!got.ok) throw new SearchError("missing", `${address} is not there (${got.status}).`)
  return got
}

/** @param {Response} got */
async function text(got) {
  let bytes
  try {
    bytes = new Uint8Array(await got.arrayBuffer())
  } catch (error) {
    throw broken(got.url, error) // it broke off: a file half-written, or a line that went down
  }
  // A server that knows the files as compressed lets the browser unpack them on the way.
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes)
  if (typeof DecompressionStream === "undefined") {
    throw new SearchError("unsupported", "This browser cannot unpack the index.")
  }
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))
    return await new Response(unpacked).text()
  } catch (error) {
    throw broken(got.url, error)
  }
}

/** @param {string} json @param {string} address */
function parsed(json, address) {
  try {
    return JSON.parse(json)
  } catch (error) {
    throw broken(address, error)
  }
}

/** @param {string} address @param {unknown} [cause] */
const broken = (address, cause) =>
  new SearchError("broken", `${address} cannot be read.`, { cause })

/** @param {unknown} holds @param {string} what */
function check(holds, what) {
  if (!holds) throw new SearchError("broken", `Not as it was written: ${what}`)
}

/** @param {any} list @param {number} length @param {string} what */
function numbers(list, length, what) {
  check(Array.isArray(list) && list.length === length, what)
  return Int32Array.from(list)
}

/** @param {any} list @param {string} what @returns {string[]} */
function texts(list, what) {
  check(Array.isArray(list) && list.every((one) => typeof one === "string"), what)
  return list
}

/** @param {any} told */
function readStart(told) {
  if (told.format !== FORMAT) throw new SearchError("outdated", "An index of another version.")
  const { records, docs, block } = told
  check([records, docs, block].every(Number.isInteger), "counts")
  check(records >= 0 && records <= docs && block > 0, "counts")
  return {
    records,
    docs,
    block,
    shards: texts(told.shards, "shards"),
    sizes: {
      id: numbers(told.sizes.id, docs, "sizes"),
      title: numbers(told.sizes.title, docs, "sizes"),
    },
    order: Object.fromEntries(
      ["due", "title"].map((name) => [name, numbers(told.order[name], records, name)]),
    ),
    facets: told.facets.map((/** @type {any} */ facet) => readFacet(facet, records)),
    synonyms: told.synonyms.map(readGroup),
  }
}

/** @param {any} group @returns {import("./words.js").Words[]} */
const readGroup = (group) =>
  texts(group, "synonyms")
    .map(queryWords)
    .filter(({ words }) => words.length > 0)

/** @param {any} facet @param {number} records @returns {Column} */
function readFacet({ name, title = name, values, labels, of }, records) {
  check(texts([name, title], "facets") && texts(values, "values"), "facets")
  check(Array.isArray(labels) && labels.length === values.length && of.length === records, name)
  const starts = new Int32Array(records + 1)
  const found = []
  for (let record = 0; record < records; record++) {
    const told = of[record]
    for (const value of Array.isArray(told) ? told : told === -1 ? [] : [told]) {
      check(Number.isInteger(value) && value >= 0 && value < values.length, name)
      found.push(value)
    }
    starts[record + 1] = found.length
  }
  const shown = values.map((/** @type {string} */ value, /** @type {number} */ n) =>
    typeof labels[n] === "string" ? labels[n] : value,
  )
  return { name, title, values, labels: shown, starts, numbers: Int32Array.from(found) }
}

/** @param {any} told @param {number} last documents there are @returns {Terms & {size: number}} */
function readTerms(told, last) {
  const terms = texts(told.terms, "terms")
  check(Array.isArray(told.docs) && told.docs.length === terms.length, "documents of terms")
  const starts = new Int32Array(terms.length + 1)
  for (let n = 0; n < terms.length; n++) starts[n + 1] = starts[n] + told.docs[n].length / 2
  const docs = new Int32Array(starts[terms.length])
  const weights = new Uint8Array(docs.length)
  let at = 0
  for (const pairs of told.docs) {
    let doc = -1
    for (let n = 0; n < pairs.length; n += 2, at++) {
      doc += pairs[n]
      docs[at] = doc
      weights[at] = pairs[n + 1]
      check(pairs[n] > 0 && doc < last, "numbers of documents")
    }
  }
  return { terms, starts, docs, weights, size: docs.length * 5 + terms.length * 40 }
}

/** @param {any} told */
function readPlaces(told) {
  /** @type {Int32Array[]} */
  const of = told.places.map((/** @type {number[]} */ list) => Int32Array.from(list))
  return { of, size: of.reduce((sum, list) => sum + list.length * 4 + 100, 0) }
}

/** @param {any} told */
function readWords(told) {
  const words = []
  let before = ""
  for (let n = 0; n < told.words.length; n += 2) {
    before = shared(before, told.words[n]) + told.words[n + 1]
    words.push(before)
  }
  const df = numbers(told.df, words.length, "frequencies of words")
  return { words, df, size: words.length * 44 }
}

/** @param {string} word @param {number} count code points @returns {string} its beginning */
function shared(word, count) {
  return /[\ud800-\udfff]/.test(word) ? [...word].slice(0, count).join("") : word.slice(0, count)
}

/** @param {any} told @param {number} count */
function readCards(told, count) {
  check(Array.isArray(told.cards) && told.cards.length === count, "cards")
  check(told.cards.every((/** @type {any} */ one) => typeof one?.title === "string"), "cards")
  return { cards: told.cards, size: count * 1500 }
}
