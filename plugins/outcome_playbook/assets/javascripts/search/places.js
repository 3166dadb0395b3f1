/** Whether words stand together: phrases. */
import { shardOf } from "./expanding.js"

/**
 * @typedef {import("./reading.js").Edition} Edition
 * @typedef {import("./expanding.js").Hit} Hit
 * @typedef {{offset: number, hits: Hit[]}} Spot where in a phrase which words may stand
 */

/**
 * The documents in which words stand as they do in a phrase.
 * @param {Edition} edition
 * @param {Spot[]} spots
 * @param {Int32Array} among documents that have all of the words, ascending
 * @returns {Promise<Int32Array>}
 */
export async function standing(edition, spots, among) {
  if (spots.length < 2 || among.length === 0) return among
  const read = await Promise.all(
    spots.map(async ({ offset, hits }) => {
      const lists = hits.map(async (hit) => placesOf(edition, hit, among))
      return { offset, at: joined(await Promise.all(lists)) }
    }),
  )
  // From the rarest: the fewer beginnings there are to try, the sooner it is known.
  const length = (/** @type {typeof read[0]} */ spot) =>
    [...spot.at.values()].reduce((sum, list) => sum + list.length, 0)
  const [rarest, ...others] = read.sort((one, other) => length(one) - length(other))
  return among.filter((doc) =>
    (rarest.at.get(doc) ?? []).some((place) =>
      others.every(({ offset, at }) => at.get(doc)?.includes(place - rarest.offset + offset)),
    ),
  )
}

/**
 * @param {Edition} edition
 * @param {Hit} hit
 * @param {Int32Array} among
 * @returns {Promise<Map<number, number[]>>} the places of a word in each of the documents
 */
async function placesOf(edition, { shard, n, term }, among) {
  const list = (await edition.places(shardOf(edition, term))).of[n]
  /** @type {Map<number, number[]>} */
  const found = new Map()
  let wanted = 0
  let at = 0
  for (let nth = shard.starts[n]; nth < shard.starts[n + 1]; nth++) {
    const doc = shard.docs[nth]
    while (among[wanted] < doc) wanted++
    const end = at + 1 + list[at++]
    if (among[wanted] === doc) {
      const places = []
      for (let place = 0; at < end; at++) places.push((place += list[at]))
      found.set(doc, places)
    }
    at = end
  }
  return found
}

/** @param {Map<number, number[]>[]} lists @returns {Map<number, number[]>} */
function joined(lists) {
  const [first = new Map(), ...others] = lists
  for (const list of others) {
    for (const [doc, places] of list) first.set(doc, [...(first.get(doc) ?? []), ...places])
  }
  return first
}
