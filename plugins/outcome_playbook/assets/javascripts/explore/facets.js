/** The facets at the side: their values with counts, a few at first, all on demand. */
import { arrange, element, filled } from "./elements.js"

/** So many values are shown at first; one more is not worth a button. */
const FIRST = 6
/** More values than this get a box to find one in. */
const MANY = 20
/** So many rows are drawn at once: there may be thousands of tags. */
const MOST_ROWS = 60

/**
 * @typedef {{name: string, title: string, order: string[], backwards: boolean,
 *   looks: Record<string, [string, string]>}} Told what the page tells of a facet
 * @typedef {{value: string, label: string, folded: string, at: number}} Value
 * @typedef {{number: (count: number) => string, icon: (name: string) => Node | null,
 *   said: Record<string, string>, toggle: (facet: string, value: string, on: boolean) => void,
 *   wanted: () => Promise<void>, tell: (text: string) => void, otherwise: HTMLElement}} Page
 *   wanted: somebody wants to see more than the page came with. tell: to a screen reader, once
 *   nothing has changed for a while. otherwise: what has the focus where nothing of a facet is left
 */

export class Facets {
  /** @type {Map<string, Facet>} */
  #facets = new Map()

  /** @param {HTMLElement} side @param {Told[]} told @param {Page} page */
  constructor(side, told, page) {
    for (const one of told) {
      const box = side.querySelector(`[data-facet="${CSS.escape(one.name)}"]`)
      if (box) this.#facets.set(one.name, new Facet(box, one, page))
    }
  }

  /**
   * Take over the values of the index.
   * @param {{name: string, values: string[], labels: string[]}[]} facets
   * @param {Record<string, number[]>} all counts of every value with nothing chosen
   */
  fill(facets, all) {
    for (const one of facets) this.#facets.get(one.name)?.fill(one, all[one.name])
  }

  /** @param {Record<string, string[]>} selection @param {Record<string, number[]>} [counts] */
  show(selection, counts) {
    for (const [name, facet] of this.#facets) facet.show(selection[name] ?? [], counts?.[name])
  }

  /** @param {string} name @param {string} value @returns {string} how a value is shown */
  label(name, value) {
    return this.#facets.get(name)?.label(value) ?? value
  }

  /** @param {string} name @returns {string} how a facet is called */
  title(name) {
    return this.#facets.get(name)?.title ?? name
  }
}

class Facet {
  /** @type {Value[]} in the order in which they are shown */
  #values = []
  /** @type {Map<string, Value>} */
  #byValue = new Map()
  /** @type {Map<string, HTMLElement>} */
  #rows = new Map()
  /** @type {number[]} */
  #counts = []
  /** @type {Set<string>} */
  #chosen = new Set()
  #isOpen = false
  /** @type {HTMLInputElement | null} */
  #find = null

  /** @param {Element} box @param {Told} told @param {Page} page */
  constructor(box, told, page) {
    this.told = told
    this.page = page
    this.box = box
    this.list = box.querySelector(".op-facets__values")
    this.more = box.querySelector("button")
    for (const row of this.list.children) this.#rows.set(row.querySelector("input").value, row)
    box.addEventListener("change", ({ target }) => {
      if (target.type === "checkbox") page.toggle(told.name, target.value, target.checked)
    })
    this.more.addEventListener("click", ({ detail }) => this.#turn(detail === 0))
  }

  get title() {
    return this.told.title
  }

  label(value) {
    return this.#byValue.get(value)?.label
  }

  fill({ values, labels }, counts) {
    const { order, backwards } = this.told
    const rank = (value) => (order.includes(value) ? order.indexOf(value) : order.length)
    const known = values.map((value, at) => {
      const label = labels[at] ?? value
      return { value, label, folded: folded(label), at, lower: label.toLowerCase() }
    })
    if (order.length > 0) known.sort((a, b) => rank(a.value) - rank(b.value))
    else if (backwards) known.reverse()
    else known.sort((a, b) => counts[b.at] - counts[a.at] || compared(a.lower, b.lower))
    this.#values = known
    this.#counts = counts
    this.#byValue = new Map(known.map((one) => [one.value, one]))
  }

  show(chosen, counts) {
    this.#chosen = new Set(chosen)
    if (counts) this.#counts = counts
    if (this.#values.length > 0) this.#draw()
    else for (const [value, row] of this.#rows) check(row, this.#chosen.has(value))
  }

  /** @param {boolean} withKey whether the button was pressed with a key */
  async #turn(withKey) {
    const before = new Set(this.list.children)
    this.#isOpen = !this.#isOpen
    this.more.setAttribute("aria-expanded", String(this.#isOpen))
    if (this.#values.length > 0) this.#draw()
    else await this.page.wanted()
    if (!withKey || document.activeElement !== this.more) return
    // The button stands below its values: who opened them with a key would have to go back to them.
    const next = [...this.list.children].find((row) => !before.has(row))?.querySelector("input")
    if (this.#isOpen) (this.#find ?? next)?.focus()
    else this.more.scrollIntoView({ block: "nearest" })
  }

  #draw() {
    const { said, number } = this.page
    const held = document.activeElement // nothing goes while it has the focus
    const kept = (one) => this.#chosen.has(one.value) || this.#rows.get(one.value)?.contains(held)
    const offered = this.#values.filter((one) => this.#counts[one.at] > 0 || kept(one))
    const few = offered.length <= FIRST + 1
    if (this.#isOpen && this.#values.length > MANY) this.#addFind()
    if (this.#find) this.#find.parentElement.hidden = !this.#isOpen
    const fitting = this.#isOpen ? this.#fitting(offered) : offered
    const most = this.#isOpen ? MOST_ROWS : few ? FIRST + 1 : FIRST
    const shown = first(fitting, most, kept)
    arrange(
      this.list,
      shown.map((one) => this.#row(one)),
    )
    const beyond = fitting.length - shown.length
    const toFind = this.#isOpen && beyond > 0 ? filled(said.beyond, { number: number(beyond) }) : ""
    this.#say(this.#isOpen && fitting.length === 0 ? said.noValue : toFind)
    this.more.hidden = few && !this.#isOpen
    this.more.firstChild.textContent = this.#isOpen
      ? said.fewerValues
      : filled(said.moreValues, { number: number(beyond) })
    if (this.more.hidden && this.more === held) {
      const goOn = this.list.querySelector("input") ?? this.page.otherwise
      goOn.focus()
    }
    this.box.hidden =
      offered.length === 0 && !this.#isOpen && !this.box.contains(document.activeElement)
  }

  /**
   * The values that what is typed into the facet's box finds: those too that nothing is left with,
   * as somebody asks whether there is such a value at all.
   * @param {Value[]} offered what there is without it
   */
  #fitting(offered) {
    const wanted = folded(this.#find?.value ?? "").trim()
    return wanted ? this.#values.filter((one) => one.folded.includes(wanted)) : offered
  }

  #addFind() {
    if (this.#find) return
    const label = filled(this.page.said.narrow, { facet: this.title })
    this.#find = element("input", { type: "search", "aria-label": label, placeholder: label })
    this.#find.autocomplete = "off"
    this.#find.addEventListener("input", (event) => {
      event.stopPropagation() // it is not the box that the page is searched with
      this.#draw()
      const { said, number, tell } = this.page
      const found = this.#fitting(this.#values).length
      tell(found > 0 ? filled(said.valuesFound, { number: number(found) }) : said.noValue)
    })
    this.list.before(element("div", { class: "op-facets__find" }, this.#find))
  }

  /** @param {string} text about the list, below it */
  #say(text) {
    this.note ??= element("p", { class: "op-micro" })
    this.note.textContent = text
    if (text) this.list.after(this.note)
    else this.note.remove()
  }

  #row(one) {
    const row = this.#rows.get(one.value) ?? this.#newRow(one)
    const count = this.#counts[one.at] ?? 0
    check(row, this.#chosen.has(one.value))
    row.classList.toggle("zero", count === 0)
    row.querySelector(".ct").textContent = this.page.number(count)
    return row
  }

  #newRow({ value, label }) {
    const input = element("input", { type: "checkbox", name: this.told.name })
    input.value = value
    input.autocomplete = "off"
    const words = element("span", { dir: "auto" }, label)
    const [look, icon] = this.told.looks[value] ?? []
    const drawn = icon ? this.page.icon(icon) : null
    const status = { class: "op-status op-status--plain", "data-status": look ?? "" }
    const shown = drawn ? element("span", status, drawn, words) : words
    const row = element("label", {}, input, shown, " ", element("span", { class: "ct" }))
    this.#rows.set(value, row)
    return row
  }
}

/**
 * The first values, with all that are to be kept among them, in their order.
 * @param {Value[]} values
 * @param {number} most unless more are to be kept
 * @param {(one: Value) => boolean} kept
 */
function first(values, most, kept) {
  const found = new Set(values.filter(kept))
  for (const one of values) if (found.size < most) found.add(one)
  return values.filter((one) => found.has(one))
}

/** @param {Element} row @param {boolean} isChosen */
function check(row, isChosen) {
  row.querySelector("input").checked = isChosen
}

/** @param {string} text @returns {string} without accents and capitals */
function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
}

/** @param {string} one @param {string} other */
function compared(one, other) {
  return one < other ? -1 : one > other ? 1 : 0
}
