// Making elements. Text goes in as text: nothing here ever parses markup.

const SVG = "http://www.w3.org/2000/svg"

/** Make an element: attributes (a function is a listener, false and null are left out), then children or text. */
export function el(tag, attributes = {}, ...children) {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(name, value)
    else if (value === true) made.setAttribute(name, "")
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(name, value)
  }
  made.append(...children.filter(child => child !== null && child !== undefined))
  return made
}

/** Set text only where it differs, so that a tick costs nothing where nothing changed. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text
}

export function set(node, name, value) {
  if (value === null || value === undefined || value === false) {
    if (node.hasAttribute(name)) node.removeAttribute(name)
  } else {
    const text = value === true ? "" : String(value)
    if (node.getAttribute(name) !== text) node.setAttribute(name, text)
  }
}

const SHAPES = {
  overdue: ["M8 2.5v7", "M8 12.6v.8"],
  soon: ["M8 2a6 6 0 1 0 0 12a6 6 0 1 0 0-12", "M8 4.8V8l2.3 1.6"],
  paused: ["M4.5 2h7M4.5 14h7M5.5 2v2.5L8 8l2.5-3.5V2M5.5 14v-2.5L8 8l2.5 3.5V14"],
  open: ["M1.5 8C3 5.2 5.2 3.7 8 3.7S13 5.2 14.5 8C13 10.8 10.8 12.3 8 12.3S3 10.8 1.5 8", "M8 6.2a1.8 1.8 0 1 0 0 3.6a1.8 1.8 0 1 0 0-3.6"],
  running: [],
}

/** The icon of a state, drawn as strokes in the colour of the text. Decoration: the words beside it say the same. */
export function icon(kind) {
  const svg = document.createElementNS(SVG, "svg")
  for (const [name, value] of [["viewBox", "0 0 16 16"], ["aria-hidden", "true"], ["class", "icon"]]) svg.setAttribute(name, value)
  shape(svg, kind)
  return svg
}

export function shape(svg, kind) {
  if (svg.dataset.kind === kind) return
  svg.dataset.kind = kind
  svg.replaceChildren(
    ...(SHAPES[kind] ?? []).map(path => {
      const stroke = document.createElementNS(SVG, "path")
      stroke.setAttribute("d", path)
      return stroke
    }),
  )
}
