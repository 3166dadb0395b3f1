/**
 * Other forms of a word: its plural, its cases, the same verb, the nouns and adjectives made of it,
 * in English and in German; and a German name as it is typed where there is no umlaut. All are
 * guesses: only those that the index has are ever looked at, so a form that no language knows does
 * no harm.
 */

/** What may stand at the end of a word, and what the rest of it has to look like. */
const ENDINGS = /** @type {[string, RegExp][]} */ ([
  ["ings", /..../],
  ["ing", /..../],
  ["ies", /..../],
  ["ied", /..../],
  ["y", /...[^aeiou]$/],
  ["ern", /..../],
  ["est", /..../],
  ["ers", /..../],
  ["er", /.../],
  ["ed", /.../],
  ["es", /.../],
  ["is", /..s$/],
  ["en", /.../],
  ["em", /..../],
  ["e", /...$/],
  ["s", /...$/],
  ["n", /..[elr]$/],
  ["d", /..[ei]$/],
  ["ly", /..../],
  ["ion", /...[st]$/],
  ["ions", /...[st]$/],
  ["ation", /..../],
  ["ations", /..../],
  ["ment", /..../],
  ["ments", /..../],
  ["ance", /..../],
  ["or", /...t$/],
  ["ors", /...t$/],
  ["able", /..../],
  ["ible", /..../],
  ["ive", /...[st]$/],
  ["al", /..../],
  ["ful", /..../],
  ["ness", /..../],
])
const DOUBLED = /[bdgklmnprt]$/
const UMLAUTS = /** @type {[RegExp, string][]} */ ([
  [/ae/g, "a"],
  [/oe/g, "o"],
  [/ue/g, "u"],
])

/**
 * @param {string} word as words.js gives it
 * @returns {Set<string>} its other forms, without itself
 */
export function otherForms(word) {
  if (word.length < 3 || /\d/.test(word)) return new Set()
  /** @type {Set<string>} */
  const found = new Set()
  for (const stem of stems(word)) {
    found.add(stem)
    for (const [ending, rest] of ENDINGS) {
      if (rest.test(stem)) found.add(stem + ending)
    }
    if (DOUBLED.test(stem)) {
      const doubled = stem + stem.at(-1)
      for (const ending of ["ed", "ing", "er"]) found.add(doubled + ending) // plan, planning
    }
  }
  found.add(UMLAUTS.reduce((spelt, [pair, letter]) => spelt.replace(pair, letter), word))
  found.delete(word)
  return found
}

/** @param {string} word @returns {Set<string>} */
function stems(word) {
  const found = new Set([word])
  for (const [ending, rest] of ENDINGS) {
    const stem = word.slice(0, -ending.length)
    if (!word.endsWith(ending) || !rest.test(stem)) continue
    found.add(stem)
    const doubled = DOUBLED.test(stem) && stem.at(-1) === stem.at(-2)
    if (doubled && stem.length > 3 && /ed$|ing$/.test(ending)) found.add(stem.slice(0, -1))
  }
  return found
}
