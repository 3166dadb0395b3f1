/** The Explore page at work: what is asked for, what is found, and what is shown of it. */
import { showChips } from "./chips.js"
import { element, filled } from "./elements.js"
import { Facets } from "./facets.js"
import { drawn } from "./results.js"
import { readState, settled, toggled, worthFinding, writtenState } from "./state.js"

const PAUSE = 80 // milliseconds after a key, before it is searched for
const SETTLED = 700 // milliseconds after the last result, before it is told to a screen reader
const AT_ONCE = 20 // results
const IN_SIGHT = 6 // of them, shown before the others are there

/** @typedef {import("./state.js").State} State */

export class Explorer {
  /** @type {Promise<import("../search/engine.js").Engine> | null} */
  #opening = null
  /** @type {typeof import("../search/engine.js") | null} */
  #search = null
  /** @type {import("../search/engine.js").Engine | null} */
  #engine = null
  #turn = 0
  #typing = 0
  #telling = 0
  #left = new Int32Array(0)
  /** @type {string[]} */
  #words = []

  /** @param {HTMLFormElement} form */
  constructor(form) {
    const told = JSON.parse(form.dataset.told)
    this.form = form
    this.root = new URL(form.dataset.root, location.href)
    this.said = told.said
    this.names = told.facets.map(({ name }) => name)
    this.whole = document.querySelector("[data-whole]")
    this.icons = form.querySelector("[data-icons]").content
    const numbers = new Intl.NumberFormat(told.language)
    this.number = (count) => numbers.format(count)
    this.facets = new Facets(form.querySelector(".op-facets"), told.facets, {
      number: this.number,
      icon: this.icon,
      said: this.said,
      toggle: (facet, value, on) => this.#ask(toggled(this.#settled(), facet, value, on)),
      wanted: () => this.#show(),
      tell: (text) => this.#tell(text),
      otherwise: this.find,
    })
    this.#listen()
    const early = [...form.querySelectorAll("[data-facet] :checked")]
    const typed = this.find.value
    this.restore()
    this.#takeUp(early, typed)
  }

  /** Take up what was chosen and typed before this script was there. */
  #takeUp(boxes, typed) {
    let { state } = this
    for (const { name, value } of boxes) state = toggled(state, name, value, true)
    if (boxes.length > 0) this.#ask(state)
    if (!typed || this.state.find) return
    this.find.value = typed
    this.#typed()
  }

  icon = (name) => {
    const found = this.icons.querySelector(`[data-icon="${CSS.escape(name)}"]`)?.firstElementChild
    return found ? found.cloneNode(true) : null
  }

  get find() {
    return this.form.elements.namedItem("find")
  }

  get sort() {
    return this.form.elements.namedItem("sort")
  }

  get #firstResult() {
    return this.part("results").querySelector("a")
  }

  /** @param {string} name of a `data-` attribute */
  part(name) {
    return this.form.querySelector(`[data-${name}]`)
  }

  /** Show what the address asks for: at first, and after a step back. */
  restore() {
    /** @type {State} */
    this.state = readState(location.search, this.names)
    this.find.value = this.state.find
    const isUsual = !writtenState(this.state)
    this.facets.show(this.state.selection)
    if (!isUsual || this.#opening) this.#show()
  }

  #listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault()
      this.#typed()
      this.#settle()
    })
    this.find.addEventListener("input", (event) => {
      clearTimeout(this.#typing)
      if (!event.isComposing) this.#typing = setTimeout(() => this.#typed(), PAUSE)
    })
    this.find.addEventListener("compositionend", () => {
      clearTimeout(this.#typing)
      this.#typing = setTimeout(() => this.#typed(), PAUSE)
    })
    this.sort.addEventListener("change", () => {
      this.#typed() // a moment ago, and not searched for yet
      this.#ask({ ...this.state, sort: this.sort.value })
    })
    this.part("more").addEventListener("click", () => this.#showMore())
    this.part("skip").addEventListener("click", () => this.#firstResult?.focus())
  }

  #typed() {
    clearTimeout(this.#typing)
    if (!this.form.isConnected) return
    const find = worthFinding(this.find.value)
    if (find === worthFinding(this.state.find)) return
    this.state = { ...this.state, find }
    // The same place in the history: nobody wants to go back letter by letter.
    history.replaceState(history.state, "", location.pathname + writtenState(this.state))
    this.#show()
  }

  /**
   * What is asked for, with the facets that are typed as choices. It may be taken away one by one
   * then, as it is no longer in the text.
   */
  #settled() {
    const state = { ...this.state, find: worthFinding(this.find.value) }
    if (!this.#engine) return state
    return settled(state, this.#search.readAsked(state.find, this.#engine.facets))
  }

  /** Turn facets that are typed into choices, where somebody says that all of it is typed. */
  async #settle() {
    const turn = this.#turn
    await this.#opening?.catch(() => {}) // it says so itself
    if (turn !== this.#turn || !this.form.isConnected) return
    const state = this.#settled()
    if (state.find === this.state.find) return
    this.state = state
    this.find.value = state.find
    history.replaceState(history.state, "", location.pathname + writtenState(state))
    this.#show()
  }

  /** @param {State} state */
  #ask(state) {
    if (state.find !== worthFinding(this.find.value)) this.find.value = state.find
    this.state = state
    history.pushState(null, "", location.pathname + writtenState(state))
    this.facets.show(this.#settled().selection)
    this.#show()
  }

  /** Open the index: once, or again after it could not be read. */
  #open() {
    this.#opening ??= this.#opened().catch((error) => {
      this.#opening = null
      throw error
    })
    return this.#opening
  }

  async #opened() {
    this.#search = await import("../search/engine.js")
    const engine = await this.#search.openIndex(this.root)
    const { counts } = await engine.search("")
    this.facets.fill(engine.facets, counts)
    this.#engine = engine
    return engine
  }

  /** @param {boolean} again whether the index was found to be replaced a moment ago */
  async #show(again = false) {
    const turn = ++this.#turn
    const results = this.part("results")
    results.setAttribute("aria-busy", "true")
    try {
      const engine = await this.#open()
      const { find, selection, sort: wanted } = this.#settled()
      const asked = { find, selection, sort: wanted || (find ? "relevance" : "newest") }
      const result = await engine.search(find, asked)
      if (turn !== this.#turn || !this.form.isConnected) return
      // What the first of them say may have to be fetched: it comes while the counts are drawn.
      const inSight = engine.cards(result.docs.subarray(0, IN_SIGHT))
      inSight.catch(() => {}) // it is waited for below, unless something else fails before
      this.#words = result.words
      this.#showAround(result, asked)
      const draw = (cards) => cards.map((card) => drawn(card, this.#drawing()))
      const first = await inSight
      if (turn !== this.#turn || !this.form.isConnected) return
      results.replaceChildren(...draw(first))
      this.part("more").hidden = true // it would add what follows the results of before
      // The others only now: each is a file of its own at worst, and those in sight would wait.
      const rest = await engine.cards(result.docs.subarray(IN_SIGHT, AT_ONCE))
      if (turn !== this.#turn || !this.form.isConnected) return
      results.append(...draw(rest))
      this.#left = result.docs.subarray(AT_ONCE)
      this.#showMoreButton()
      this.#showProblem("")
    } catch (error) {
      if (turn !== this.#turn || !this.form.isConnected) return
      if (error?.reason === "outdated" && !again) return this.#show(true)
      this.#showProblem(this.said[error?.reason] ?? this.said.broken)
      if (!error?.reason) console.error(error)
    }
    results.removeAttribute("aria-busy")
  }

  #drawing() {
    const mark = (text) => this.#search.marked(text, this.#words)
    return { root: this.root, icon: this.icon, mark }
  }

  #showAround(result, { find, selection, sort }) {
    this.facets.show(selection, result.counts)
    showChips(this.part("chips"), selection, {
      label: (facet, value) => this.facets.label(facet, value),
      title: (facet) => this.facets.title(facet),
      said: this.said,
      remove: (facet, value) => this.#ask(toggled(this.#settled(), facet, value, false)),
      clear: () => this.#ask({ ...this.#settled(), selection: {} }),
      otherwise: this.find,
    })
    const chosen = Object.values(selection).flat().length
    this.form.querySelector(".op-facets > summary").textContent = chosen
      ? filled(this.said.inUse, { number: this.number(chosen) })
      : this.said.filters
    this.sort.options[0].disabled = !find
    this.sort.value = sort
    const count = result.isEmpty
      ? this.said.all
      : filled(this.said.of, { number: this.number(result.total) })
    const note = this.#note(result)
    this.part("count").textContent = count
    this.part("note").textContent = note
    this.part("note").hidden = !note
    this.#tell(`${count}. ${note}`)
  }

  #note({ total, near, repaired }) {
    if (total === 0) return this.said.none
    const notes = repaired.map((one) => filled(this.said.repaired, one))
    const number = this.number(total - near.size)
    if (near.size === total) notes.push(this.said.near)
    else if (near.size > 0) notes.push(filled(this.said.alsoNear, { number }))
    return notes.join(" ")
  }

  /** Tell a screen reader, once nothing has changed for a while. */
  #tell(text) {
    clearTimeout(this.#telling)
    this.#telling = setTimeout(() => (this.part("announced").textContent = text), SETTLED)
  }

  #showMoreButton() {
    const next = Math.min(this.#left.length, AT_ONCE)
    const more = this.part("more")
    more.hidden = next === 0
    more.textContent = filled(this.said.moreResults, { number: this.number(next) })
    const shown = this.part("results").children.length
    this.part("printed").hidden = next === 0
    this.part("printed").textContent = filled(this.said.printed, { number: this.number(shown) })
  }

  async #showMore() {
    const turn = this.#turn
    if (!this.#opening) await this.#show()
    if (this.#opening && this.#turn > turn + 1) return
    const now = this.#turn
    try {
      const engine = await this.#open()
      const cards = await engine.cards(this.#left.subarray(0, AT_ONCE))
      if (now !== this.#turn) return
      this.#left = this.#left.subarray(cards.length)
      const items = cards.map((card) => drawn(card, this.#drawing()))
      this.part("results").append(...items)
      this.#showMoreButton()
      // The button may be gone now, and who reads on begins with the first new one.
      items[0]?.querySelector("a").focus()
    } catch {
      this.#show() // published anew in between: the results begin anew
    }
  }

  /** @param {string} sentence why there is nothing to search, or empty */
  #showProblem(sentence) {
    this.whole.classList.toggle("op-whole--shown", sentence !== "")
    this.form.querySelector(".op-facets").hidden = sentence !== ""
    this.form.querySelector(".op-found").hidden = sentence !== ""
    if (!sentence) return
    this.whole.querySelector("[data-problem]").replaceChildren(element("b", {}, sentence))
    this.#tell(sentence)
  }
}
