/** What is chosen, as buttons that take it away again. */
import { element, filled } from "./elements.js"

/**
 * @typedef {{label: (facet: string, value: string) => string, title: (facet: string) => string,
 *   said: Record<string, string>, remove: (facet: string, value: string) => void,
 *   clear: () => void, otherwise: HTMLElement}} Page otherwise: what has the focus after the last
 */

/**
 * @param {HTMLElement} box
 * @param {Record<string, string[]>} selection
 * @param {Page} page
 */
export function showChips(box, selection, page) {
  const chosen = Object.entries(selection).flatMap(([facet, values]) =>
    values.map((value) => ({ facet, value })),
  )
  const chips = chosen.map(({ facet, value }) => chip(facet, value, page))
  if (chips.length > 0) {
    const clear = element("button", { type: "button", class: "op-linkbtn op-noprint" }, page.said.clear)
    clear.addEventListener("click", page.clear)
    chips.push(clear)
  }
  // The same ones stay: somebody may be pressing one at this moment.
  const same = (one, n) => one.isEqualNode(box.children[n])
  if (chips.length === box.children.length && chips.every(same)) return
  const had = [...box.children].indexOf(document.activeElement)
  box.replaceChildren(...chips)
  box.hidden = chips.length === 0
  // Who took one away with a key goes on from there.
  if (had >= 0) (chips[Math.min(had, chips.length - 2)] ?? page.otherwise).focus()
}

/** @param {string} facet @param {string} value @param {Page} page */
function chip(facet, value, page) {
  const shown = { facet: page.title(facet), value: page.label(facet, value) }
  const made = element(
    "button",
    { type: "button", class: "op-chip", name: facet, value },
    element("span", { dir: "auto" }, filled(page.said.chip, shown)),
    element("span", { class: "op-vh" }, ` ${page.said.remove}`),
    element("span", { "aria-hidden": "true" }, "×"),
  )
  made.addEventListener("click", () => page.remove(facet, value))
  return made
}
