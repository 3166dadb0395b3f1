/**
 * The worker behind the search box in the header: the theme's messages on one side, the playbook's
 * engine on the other. Nothing else of the search knows the theme.
 *
 * The theme writes titles and texts into the page as HTML, so every piece of them is escaped here.
 * Nothing of the index is fetched before there is something to look for.
 */
"use strict"
;(() => {
  /** The theme's kinds of messages. */
  const SETUP = 0
  const READY = 1
  const QUERY = 2
  const RESULT = 3

  /** With the entry that leads to all others these are the ten that the theme shows at once. */
  const SHOWN = 9
  /** Sections beyond these: no other page lists them, so they follow where all records are named. */
  const SECTIONS = 20
  /** Words that the opened page marks, and from which length on they stand out there. */
  const MARKED = 12
  const TELLING = 3
  /** Letters that the box of a phone shows: below more, a completion would lie over other ones. */
  const IN_BOX = 24

  const ROOT = new URL("../../../", self.location.href).href

  /** What the page says of itself: its language, the address of Explore, its sentences. */
  let site = { language: "en", explore: "explore/", said: {} }
  let suggests = false
  let engine = null
  let opening = null
  let last = 0
  let running = new AbortController()

  self.addEventListener("message", ({ data: { type, data } }) => {
    if (type === SETUP) {
      Object.assign(site, data.config.playbook)
      suggests = Boolean(data.options && data.options.suggest)
      load().catch(() => {}) // scripts only; what is wrong with them is said with the results
      self.postMessage({ type: READY })
    } else if (type === QUERY) {
      answer(String(data))
    }
  })

  /** The engine's module, fetched once. */
  function load() {
    return import("./search/engine.js")
  }

  /** The index, opened once; an attempt that failed is made again with the next query. */
  function open() {
    opening ??= load()
      .then(async (module) => {
        engine = module
        return await module.openIndex(ROOT)
      })
      .catch((error) => {
        opening = null
        throw error
      })
    return opening
  }

  /** Answer a query, unless a newer one came while it was looked up. */
  async function answer(typed) {
    const number = ++last
    running.abort()
    running = new AbortController()
    let data
    try {
      data = await found(typed, running.signal)
    } catch (error) {
      if (number === last) console.warn(error)
      data = failed(error)
    }
    if (number === last) self.postMessage({ type: RESULT, data })
  }

  async function found(typed, signal) {
    if (!typed.trim()) return { items: [] }
    const index = await open()
    let result
    let cards
    let beyond
    for (let attempts = 0; !cards; attempts++) {
      result = await index.search(typed, { pages: true, signal })
      if (result.isEmpty) return { items: [] }
      try {
        const first = Math.min(SHOWN, result.docs.length)
        beyond = sections(result, index.records)
        // In the array of the result, by which the engine knows of which build the numbers are.
        result.docs.set(beyond.subarray(0, SECTIONS), first)
        cards = await index.cards(result.docs.subarray(0, first + Math.min(beyond.length, SECTIONS)))
      } catch (error) {
        // The site was published anew between the two: the same question has a new answer.
        if (attempts > 0 || error.reason !== "outdated") throw error
      }
    }
    const { words } = result
    const own = spelt(typed, result)
    const groups = grouped(cards)
    const items = groups.map((group, place) => item(group, words, own, groups.length - place))
    if (items.length > 0) items[0][0].text = notes(result) + items[0][0].text
    if (beyond.length > SECTIONS) {
      const number = localNumber(beyond.length - SECTIONS)
      items.at(-1)[0].text += note(filled(site.said.sections, { number }))
    }
    if (result.records > cards.filter((card) => card.kind !== "page").length) {
      items.splice(grouped(cards.slice(0, SHOWN)).length, 0, [all(typed, result)])
    }
    return { items, ...(suggests && { suggest: suggested(typed, cards) }) }
  }

  /** The numbers of the sections beyond what is shown first, without those that only come near. */
  function sections({ docs, near }, records) {
    return docs.subarray(SHOWN).filter((doc) => doc >= records && !near.has(doc))
  }

  /** Cards in their order, the sections of one page together where the first of them stands. */
  function grouped(cards) {
    const groups = new Map()
    for (const card of cards) {
      const page = card.kind === "page" ? card.url.split("#")[0] : card.url
      const key = `${card.kind === "page"} ${page}`
      groups.set(key, [...(groups.get(key) ?? []), card])
    }
    return [...groups.values()]
  }

  /**
   * An entry of the theme's list: a page, and below it those of its sections that were found. The
   * first has the highest score, by which Enter finds it. The theme folds up what scores less.
   */
  function item(cards, words, typed, score) {
    const entries = cards.map((card, n) => ({
      ...shown(card, words),
      score: n > 0 ? score - 0.5 : score,
      terms: terms(card, words, typed),
    }))
    const [first] = cards
    if (first.kind === "page" && cards.every((card) => card.url.includes("#"))) {
      const location = first.url.split("#")[0]
      const title = highlighted(first.page ?? first.title, words)
      entries.push({ location, title, text: "", score: 0, terms: entries[0].terms })
    }
    return entries
  }

  /** A record or a section as the theme shows it. */
  function shown(card, words) {
    const facts = facts_of(card)
    const id = card.kind === "page" ? "" : `<code>${highlighted(card.id, words)}</code>`
    const line = [id, ...facts.map((fact) => highlighted(fact, words))].filter(Boolean).join(" · ")
    const title = highlighted(card.title, words)
    const text = highlighted(card.say ?? "", words)
    // A tag tells why a record was found where nothing else does.
    const tags = `${id}${title}${text}`.includes("<mark>") ? [] : card.tags.filter(isFound)
    return {
      location: card.url,
      title,
      text: paragraph(line) + paragraph(text),
      ...(tags.length > 0 && { tags: tags.map(escaped) }),
    }

    function isFound(tag) {
      return engine.marked(tag, words).some(({ hit }) => hit)
    }
  }

  function facts_of(card) {
    if (card.kind === "page") return []
    const effect = card.effect && [card.effect.text, card.effect.around].filter(Boolean).join(", ")
    return [card.label, card.status && card.status.word, effect, card.late, ...card.meta].filter(
      Boolean,
    )
  }

  /**
   * The words that the theme puts into the link, for the opened page to mark: as the record spells
   * them, since the page compares letters, and those that were typed, which may stand further down.
   */
  function terms(card, words, typed) {
    const hits = [card.title, card.say ?? "", card.id]
      .flatMap((text) => engine.marked(text, words))
      .filter(({ hit }) => hit)
      .map(({ text }) => text.toLowerCase())
    const meant = words.map((word) => word.replace(/\*$/, ""))
    const every = [...new Set([...hits, ...meant.filter((word) => typed.has(word))])]
    const telling = every.filter((word) => word.length >= TELLING)
    const chosen = [telling, every, meant].find((some) => some.length > 0) ?? []
    // The longest first: of two that begin alike the page takes the first.
    const longest = chosen.slice(0, MARKED).sort((one, other) => other.length - one.length)
    return Object.fromEntries(longest.map((word) => [word, true]))
  }

  /** What was typed as the index spells it, and the words that were taken for others. */
  function spelt(typed, { repaired }) {
    const plain = typed.slice(0, 200).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    return new Set([...plain.split(/[^\p{L}\p{N}]+/u), ...repaired.map(({ meant }) => meant)])
  }

  /** What has to be known about the results as a whole, before the text of the first. */
  function notes({ total, near, repaired }) {
    const sentences = repaired.map((words) => filled(site.said.repaired, words))
    const number = localNumber(total - near.size)
    if (near.size === total) sentences.push(filled(site.said.near, {}))
    else if (near.size > 0) sentences.push(filled(site.said.alsoNear, { number }))
    return sentences.map(note).join("")
  }

  function note(sentence) {
    return paragraph(`<em>${sentence}</em>`)
  }

  /** The entry that leads to all that was found. */
  function all(typed, { records }) {
    return entry(
      `${site.explore}?${new URLSearchParams({ find: typed.slice(0, 200) })}`,
      filled(site.said.all, { number: localNumber(records) }),
      filled(site.said.narrow, {}),
    )
  }

  function localNumber(number) {
    return number.toLocaleString(site.language.replace("_", "-"))
  }

  /** What is shown where nothing can be searched: why, and the way to the whole list. */
  function failed(error) {
    const reason = Object.hasOwn(site.said, String(error.reason)) ? error.reason : "offline"
    return {
      items: [[entry(site.explore, filled(site.said.list, {}), filled(site.said[reason], {}))]],
    }
  }

  function entry(location, title, text) {
    return { location, title, text: paragraph(text), score: 0, terms: {} }
  }

  /** The word being typed, completed by one of a title that was found. */
  function suggested(typed, cards) {
    const begun = typed.split(/[\s-]+/).at(-1) ?? ""
    if (begun.length < 2) return []
    const room = IN_BOX - typed.length + begun.length
    for (const { title } of cards) {
      for (const [word] of title.matchAll(/[\p{L}\p{M}\p{N}]+/gu)) {
        const isMore = word.length > begun.length && word.length <= room
        if (isMore && word.toLowerCase().startsWith(begun.toLowerCase())) {
          return [begun + word.slice(begun.length)]
        }
      }
    }
    return []
  }

  function paragraph(html) {
    return html && `<p>${html}</p>`
  }

  /** A text as HTML, with a mark around each hit. */
  function highlighted(text, words) {
    return engine
      .marked(text, words)
      .map((piece) => (piece.hit ? `<mark>${escaped(piece.text)}</mark>` : escaped(piece.text)))
      .join("")
  }

  /** A sentence as HTML, with the values in the places of their names. */
  function filled(sentence = "", values) {
    return escaped(sentence).replace(/\{(\w+)\}/g, (_, name) =>
      `<strong>${escaped(String(values[name] ?? ""))}</strong>`,
    )
  }

  function escaped(text) {
    return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
  }
})()
