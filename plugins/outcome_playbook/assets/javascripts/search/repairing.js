/** Finds what a word with one typing error was meant to be. */

/** Letters from which on a word is repaired: shorter ones come near too many others. */
export const REPAIRED_FROM = 5
/** Words it may have been meant to be; what else is asked for decides between them. */
const MOST = 4

/**
 * The words of the index that are one letter off: one too many, too few, another, or two swapped.
 * @param {{words: string[], df: Int32Array}} known every word, and how many documents have it
 * @param {string} word
 * @param {boolean} open whether it is still being typed, so that more may follow
 * @returns {string[]} the likeliest first
 */
export function meant({ words, df }, word, open) {
  const whole = nearest(words, df, word, (term) => off(word, term))
  if (whole.length > 0 || !open) return whole
  return nearest(words, df, word, (term) => begins(word, term))
}

/**
 * @param {string[]} words
 * @param {Int32Array} df
 * @param {string} word
 * @param {(term: string) => boolean} near
 */
function nearest(words, df, word, near) {
  const found = []
  for (let n = 0; n < words.length; n++) if (near(words[n])) found.push(n)
  const first = word[0]
  /** @param {number} n people rarely miss the first letter */
  const keeps = (n) => (words[n][0] === first ? 1 : 0)
  found.sort((one, other) => keeps(other) - keeps(one) || df[other] - df[one] || one - other)
  return found.slice(0, MOST).map((n) => words[n])
}

/**
 * @param {string} word
 * @param {string} term
 * @returns {boolean} whether they are exactly one edit apart
 */
export function off(word, term) {
  const more = term.length - word.length
  if (more < -1 || more > 1 || word === term) return false
  let at = 0
  while (at < word.length && word[at] === term[at]) at++
  if (more === 1) return word.slice(at) === term.slice(at + 1)
  if (more === -1) return word.slice(at + 1) === term.slice(at)
  if (word.slice(at + 1) === term.slice(at + 1)) return true
  const swapped = word[at] === term[at + 1] && word[at + 1] === term[at]
  return swapped && word.slice(at + 2) === term.slice(at + 2)
}

/** @param {string} word @param {string} term @returns {boolean} whether it may become that word */
function begins(word, term) {
  if (term.length <= word.length || term[0] !== word[0]) return false
  for (let length = word.length - 1; length <= word.length + 1; length++) {
    if (off(word, term.slice(0, length))) return true
  }
  return false
}
