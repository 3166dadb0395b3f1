/** What is asked for, as the page's address has it: a view is a link to share. */

/**
 * @typedef {{find: string, selection: Record<string, string[]>, sort: string}} State
 *   sort: empty for the usual order
 */

const SORTS = ["relevance", "newest", "due", "title"]
/** Characters of what is typed that go into the address; the engine reads no more either. */
const LONGEST = 200
/** Values that what is typed may stand for and is a choice; with more, the rest is still to come. */
const MOST_TYPED = 12
/** Values of a facet that an address may choose: an address is written by anybody. */
const MOST_VALUES = 100

/**
 * @param {string} query what follows the path in an address
 * @param {string[]} facets their names
 * @returns {State}
 */
export function readState(query, facets) {
  const given = new URLSearchParams(query)
  /** @type {Record<string, string[]>} */
  const selection = {}
  for (const name of facets) {
    const values = [...new Set(given.getAll(name))].filter(Boolean).slice(0, MOST_VALUES)
    if (values.length > 0) selection[name] = values
  }
  const sort = given.get("sort") ?? ""
  return {
    find: (given.get("find") ?? "").slice(0, LONGEST),
    selection,
    sort: SORTS.includes(sort) ? sort : "",
  }
}

/** @param {State} state @returns {string} with a question mark, or empty */
export function writtenState({ find, selection, sort }) {
  const query = new URLSearchParams()
  if (find) query.set("find", find.slice(0, LONGEST))
  for (const [name, values] of Object.entries(selection)) {
    for (const value of values) query.append(name, value)
  }
  if (sort) query.set("sort", sort)
  const written = query.toString().replaceAll("+", "%20")
  return written ? `?${written}` : ""
}

/** @param {State} state @param {string} facet @param {string} value @param {boolean} chosen */
export function toggled(state, facet, value, chosen) {
  const others = (state.selection[facet] ?? []).filter((one) => one !== value)
  const values = chosen ? [...others, value] : others
  const { [facet]: _, ...selection } = state.selection
  return { ...state, selection: values.length > 0 ? { ...selection, [facet]: values } : selection }
}

/**
 * The same, with the facets that are typed among the choices: `status:running` is one.
 * @param {State} state
 * @param {{selection: Record<string, string[]>, rest: string}} asked as the engine reads `find`
 * @returns {State} the given one, unless what is typed stands for some values and for few
 */
export function settled(state, asked) {
  const typed = Object.entries(asked.selection)
  const count = typed.flatMap(([, values]) => values).length
  if (count === 0 || count > MOST_TYPED) return state
  const { ...selection } = state.selection
  for (const [facet, values] of typed) {
    const both = new Set([...(selection[facet] ?? []), ...values])
    if (both.size > 0) selection[facet] = [...both]
  }
  return { ...state, find: worthFinding(asked.rest), selection }
}

/** A script that does not part its words: there, one character is one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** @param {string} typed @returns {string} what is worth searching for: two characters at least */
export function worthFinding(typed) {
  const text = typed.trim()
  return [...text].length > 1 || UNSPACED.test(text) ? text : ""
}
