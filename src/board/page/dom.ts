type Child = Node | string | undefined | false;

interface Properties {
  readonly class?: string | undefined;
  /** Attributes by their names; undefined and false leave one out, true sets it empty. */
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
}

/** Makes an element. Texts become text nodes, so that nothing which comes from HSS is ever read as markup. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  { class: names, attributes = {}, on = {} }: Properties = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (names) element.className = names;
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
}

/** A text of HSS among our own words: whatever its direction is, it turns nothing around. */
export function hss(text: string, names = ''): HTMLElement {
  return el('bdi', { class: names }, text);
}

/** Words that only a screen reader says. */
export function unseen(text: string): HTMLElement {
  return el('span', { class: 'unseen' }, text);
}

export function button(
  label: string,
  press: () => void,
  { class: names, ...attributes }: { readonly class?: string } & Properties['attributes'] = {},
): HTMLButtonElement {
  return el(
    'button',
    { ...(names && { class: names }), attributes: { type: 'button', ...attributes }, on: { click: press } },
    label,
  );
}

/** A table with its heads, each with the names of its class. */
export function table(
  heads: readonly (readonly [text: string, names?: string])[],
  rows: readonly HTMLTableRowElement[],
): HTMLElement {
  const head = heads.map(([text, names]) => el('th', { class: names, attributes: { scope: 'col' } }, text));
  return el(
    'div',
    { class: 'table' },
    el('table', { class: 'rows' }, el('thead', {}, el('tr', {}, ...head)), el('tbody', {}, ...rows)),
  );
}

/** Puts `children` in the place of what `element` holds. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== undefined && child !== false));
}

/**
 * The same where people may be at work in `element`: the focus stays on the button of the same name, else goes to the
 * last one, else to `element` itself, so that nobody who uses a keyboard is sent back to the top of the page.
 */
export function refill(element: HTMLElement, ...children: readonly Child[]): void {
  const { activeElement } = document;
  const held = element.contains(activeElement) ? activeElement?.textContent : undefined;
  fill(element, ...children);
  if (held === undefined) return;
  const buttons = [...element.querySelectorAll('button')].filter(({ disabled }) => !disabled);
  (buttons.find(({ textContent }) => textContent === held) ?? buttons.at(-1) ?? element).focus();
}
