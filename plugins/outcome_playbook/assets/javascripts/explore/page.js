/**
 * Takes over the Explore page: the one that was loaded, and each that instant navigation puts in
 * its place. This alone knows the theme, and that only by its `document$`.
 */
import { Explorer } from "./explorer.js"

/** @type {WeakSet<Element>} */
const mounted = new WeakSet()
/** @type {Explorer | null} */
let current = null

function mount() {
  const form = document.querySelector("[data-explore]")
  if (!form || mounted.has(form)) return
  mounted.add(form)
  current = new Explorer(form)
}

function follow() {
  globalThis.document$?.subscribe(mount)
}

addEventListener("popstate", () => {
  if (current?.form.isConnected) current.restore()
})
mount()
if (globalThis.document$) follow()
else addEventListener("load", follow, { once: true })
