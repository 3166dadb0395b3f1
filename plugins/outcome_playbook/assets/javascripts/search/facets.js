/** Narrows records down by facets and counts what each value would leave. */

/**
 * @typedef {import("./asking.js").Selection} Selection
 * @typedef {import("./reading.js").Column} Column
 */

/**
 * Narrow records down: or within a facet, and between facets.
 *
 * The counts of a facet ignore what is chosen in itself: they tell how many records there are with
 * each of its values, all else left as it is.
 * @param {Column[]} facets
 * @param {Selection} selection values that no record has are fine, and found nowhere
 * @param {Int32Array} among numbers of records
 * @returns {{left: Int32Array, counts: Record<string, number[]>}}
 */
export function narrowed(facets, selection, among) {
  const chosen = facets.map((facet) => choice(facet, selection[facet.name]))
  const counts = facets.map(({ values }) => new Int32Array(values.length))
  const left = new Int32Array(among.length)
  let length = 0
  for (const record of among) {
    const failed = failing(facets, chosen, record)
    if (failed === SEVERAL) continue
    if (failed === NONE) {
      left[length++] = record
      for (let n = 0; n < facets.length; n++) add(facets[n], record, counts[n])
    } else {
      add(facets[failed], record, counts[failed])
    }
  }
  const named = facets.map(({ name }, n) => [name, Array.from(counts[n])])
  return { left: left.slice(0, length), counts: Object.fromEntries(named) }
}

const NONE = -1
const SEVERAL = -2

/**
 * @param {Column} facet
 * @param {string[] | undefined} chosen
 * @returns {Uint8Array | null} 1 for each value that is chosen; nothing if none is
 */
function choice({ values }, chosen) {
  if (!chosen?.length) return null
  const wanted = new Set(chosen)
  return Uint8Array.from(values, (value) => (wanted.has(value) ? 1 : 0))
}

/**
 * @param {Column[]} facets
 * @param {(Uint8Array | null)[]} chosen
 * @param {number} record
 * @returns {number} the one facet whose choice a record does not meet, or NONE, or SEVERAL
 */
function failing(facets, chosen, record) {
  let failed = NONE
  for (let n = 0; n < facets.length; n++) {
    const wanted = chosen[n]
    if (!wanted || has(facets[n], record, wanted)) continue
    if (failed !== NONE) return SEVERAL
    failed = n
  }
  return failed
}

/** @param {Column} facet @param {number} record @param {Uint8Array} wanted by number of value */
function has({ starts, numbers }, record, wanted) {
  for (let n = starts[record]; n < starts[record + 1]; n++) if (wanted[numbers[n]]) return true
  return false
}

/** @param {Column} facet @param {number} record @param {Int32Array} counts */
function add({ starts, numbers }, record, counts) {
  for (let n = starts[record]; n < starts[record + 1]; n++) counts[numbers[n]]++
}
