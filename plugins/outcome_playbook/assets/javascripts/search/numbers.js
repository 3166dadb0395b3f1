/** Documents are numbers, the records first: ascending arrays of them. */

/** @param {number} count @returns {Int32Array} the first so many */
export function upTo(count) {
  const found = new Int32Array(count)
  for (let n = 0; n < count; n++) found[n] = n
  return found
}

/** @param {Int32Array} one @param {Int32Array} other @returns {Int32Array} */
export function joined(one, other) {
  const found = new Int32Array(one.length + other.length)
  found.set(one)
  found.set(other, one.length)
  return found
}

/** @param {Int32Array} ascending @param {number} limit @returns {number} how many are below it */
export function below(ascending, limit) {
  let count = ascending.length
  while (count > 0 && ascending[count - 1] >= limit) count--
  return count
}
