/** What is asked for, as the page's address has it: a view is a link to share. */

/**
 * @typedef {{find: string, selection: Record<string, string[]>, sort: string}} State
 *   sort: empty for the usual order
 */

const SORTS = ["relevance", "newest", "due", "title"]
/** Characters of what is typed that go into the address; the engine reads no more either. */
const LONGEST = 200
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

/** A script that does not part its words: there, one character is one. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** @param {string} typed @returns {string} what is worth searching for: two characters at least */
export function worthFinding(typed) {
  const text = typed.trim()
  return [...text].length > 1 || UNSPACED.test(text) ? text : ""
}
