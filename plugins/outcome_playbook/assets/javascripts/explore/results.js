/** Results as the site's cards, with what was found marked. */
import { element } from "./elements.js"

/**
 * @typedef {import("../search/reading.js").Card} Card
 * @typedef {{root: URL, icon: (name: string) => Node | null,
 *   mark: (text: string) => {text: string, hit: boolean}[]}} Page
 */

/**
 * A card, as the component `card` lays it out.
 * @param {Card} card
 * @param {Page} page
 */
export function drawn(card, page) {
  const link = element("a", { class: "op-title", href: new URL(card.url, page.root).href })
  link.append(...pieces(card.title, page))
  const made = element(
    "li",
    { class: "op-card" },
    element("div", { class: "op-card__kind" }, card.label),
    element("div", { class: "op-card__title" }, link),
  )
  if (card.say) made.append(element("p", { class: "op-card__say" }, ...pieces(card.say, page)))
  if (card.meta.length > 0) {
    const meta = pieces(card.meta.join(" · "), page)
    made.append(element("div", { class: "op-card__meta" }, ...meta))
  }
  made.append(side(card, page))
  return made
}

/** @param {Card} card @param {Page} page */
function side({ status, late, effect }, page) {
  const made = element("div", { class: "op-card__side" })
  if (status) {
    const icon = page.icon(status.icon) ?? ""
    const word = element("span", {}, status.word)
    made.append(element("span", { class: "op-status", "data-status": status.look }, icon, word))
  }
  if (late) made.append(" ", element("span", { class: "op-late" }, late))
  if (effect) {
    made.append(element("span", { class: "est" }, effect.text))
    made.append(element("span", { class: "int" }, effect.around))
  }
  return made
}

/** @param {string} text @param {Page} page */
function pieces(text, page) {
  return page.mark(text).map((one) => (one.hit ? element("mark", {}, one.text) : one.text))
}
