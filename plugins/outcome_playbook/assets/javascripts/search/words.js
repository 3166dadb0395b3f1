/**
 * The words of a text, as the index has them and as a search asks for them.
 *
 * `searching/words.py` does the same where the index is written: a word that the two read in two
 * ways is never found. `tests/cases/words.json` holds both to it.
 */

/** Characters of a word that count; what follows tells no two of them apart. */
export const LONGEST = 40

// Signs that some write and others leave out: accents, vowel points, stretched Arabic, invisible
// characters, and apostrophes (of Hebrew too).
const LEFT_OUT =
  "\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7" +
  "\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e4\\u06e7\\u06e8" +
  "\\u06ea-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe00-\\ufe0f\\ufe20-\\ufe2f" +
  "\\u00ad\\u061c\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff" +
  "'\\u2018\\u2019\\u02bb\\u02bc\\u05f3\\u05f4"
// Letters that no normal form takes apart, as they are typed without them.
const AS_TYPED = {
  ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ħ: "h", ı: "i", ς: "σ",
}
// Scripts that write no spaces between words, and Korean, which joins words freely.
const UNSPACED =
  "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3005-\\u3007\\u3040-\\u312f\\u3131-\\u318e" +
  "\\u31a0-\\u31bf\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff" +
  "\\u{20000}-\\u{3ffff}"

const leftOut = new RegExp(`[${LEFT_OUT}]`, "gu")
const asTyped = new RegExp(`[${Object.keys(AS_TYPED).join("")}]`, "gu")
const stretches = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu")
const unspaced = new RegExp(`^[${UNSPACED}]`, "u")
// The "e-" of e-mail belongs to the word, which others write as one.
const HYPHEN = "[-\\u2010\\u2011]"
const BEFORE_WORD = "(?=[\\p{L}\\p{Nl}\\p{No}])"
const apart = new RegExp(`e${HYPHEN}${BEFORE_WORD}`, "giu")
const endsInWord = /[\p{L}\p{N}\u0300-\u036f]$/u
const inWords = new RegExp(`(?:e${HYPHEN}${BEFORE_WORD})?[\\p{L}\\p{N}\\p{M}${LEFT_OUT}]+`, "giu")
const asciiWord = /^[\0-\x7f]*$/

/**
 * Words in the order in which they stand, the place of each, and the place after the last. Several
 * words may share a place: a character of a script without spaces, and the pair that begins there.
 * @typedef {{words: string[], places: number[], end: number}} Words
 */

/**
 * The words under which a text is found: of a script without spaces, characters and pairs of them.
 * @param {string} text
 * @returns {Words}
 */
export const indexWords = (text) => wordsOf(text, charactersAndPairs)

/**
 * The words that a search for a text asks for: of a script without spaces, the pairs.
 * @param {string} text
 * @returns {Words}
 */
export const queryWords = (text) => wordsOf(text, pairs)

/**
 * Whether a word is of a script without spaces: such a word has no endings and no beginning.
 * @param {string} word
 */
export const isUnspaced = (word) => unspaced.test(word)

/**
 * A text in the form in which two spellings of it are the same, one space between words.
 * @param {string} text
 */
export const folded = (text) => runs(text).join(" ")

/**
 * Where the words of a text stand in it, as they are written: `[start, end]` in UTF-16 units. A
 * stretch in a script without spaces comes by its characters.
 * @param {string} text
 * @returns {[number, number][]}
 */
export function spans(text) {
  /** @type {[number, number][]} */
  const found = []
  for (const { 0: run, index } of text.matchAll(inWords)) {
    let start = index
    for (const [part] of run.matchAll(stretches)) {
      if (isUnspaced(part)) {
        for (const character of part) found.push([start, (start += character.length)])
      } else {
        found.push([start, (start += part.length)])
      }
    }
  }
  return found
}

/**
 * Compare two texts by code points, as Python sorts them: JavaScript's own order puts letters
 * beyond the first 65,536 before some that come ahead of them.
 * @param {string} one
 * @param {string} other
 * @returns {number} below, at or above zero
 */
export function compare(one, other) {
  const length = Math.min(one.length, other.length)
  for (let n = 0; n < length; n++) {
    const a = one.charCodeAt(n)
    const b = other.charCodeAt(n)
    if (a !== b) return a >= 0xd800 && b >= 0xd800 ? lifted(a) - lifted(b) : a - b
  }
  return one.length - other.length
}

/** @param {number} unit a half of a pair stands for a code point above all that need no pair */
const lifted = (unit) => (unit < 0xe000 ? unit + 0x10000 : unit)

/**
 * @param {string} text
 * @param {(run: string[]) => Generator<[string, number]>} parts
 * @returns {Words}
 */
function wordsOf(text, parts) {
  const words = []
  const places = []
  let place = 0
  for (const run of runs(text)) {
    const characters = [...run]
    if (isUnspaced(run)) {
      for (const [part, offset] of parts(characters)) {
        words.push(part)
        places.push(place + offset)
      }
      place += characters.length
    } else {
      words.push(characters.length > LONGEST ? characters.slice(0, LONGEST).join("") : run)
      places.push(place++)
    }
  }
  return { words, places, end: place }
}

/**
 * @param {string} text
 * @returns {string[]} its words, and the stretches of it that are written without spaces
 */
function runs(text) {
  const small = text
    .replace(apart, (found, at) => (endsInWord.test(text.slice(0, at)) ? found : found[0]))
    .normalize("NFKD")
    .toLowerCase()
    .replace(leftOut, "")
    .replace(asTyped, (letter) => AS_TYPED[/** @type {keyof AS_TYPED} */ (letter)])
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, " ")
  // Put together again: what is left are signs that make another letter, and Korean syllables.
  return small
    .normalize("NFC")
    .split(" ")
    .flatMap((word) => (asciiWord.test(word) ? word || [] : (word.match(stretches) ?? [])))
}

/** @param {string[]} run */
function* charactersAndPairs(run) {
  for (let n = 0; n < run.length; n++) {
    yield /** @type {[string, number]} */ ([run[n], n])
    if (n + 1 < run.length) yield /** @type {[string, number]} */ ([run[n] + run[n + 1], n])
  }
}

/** @param {string[]} run */
function* pairs(run) {
  if (run.length === 1) yield /** @type {[string, number]} */ ([run[0], 0])
  for (let n = 0; n + 1 < run.length; n++) {
    yield /** @type {[string, number]} */ ([run[n] + run[n + 1], n])
  }
}
