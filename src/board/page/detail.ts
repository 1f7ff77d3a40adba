import { button, el, fill } from './dom.js';
import type { Reader } from './reader.js';

/** What is looked into, one above the other, in the place of the lists. */
export interface Details {
  readonly element: HTMLElement;
  /** Shows one thing more; `name` is what a screen reader calls it. */
  open(content: HTMLElement): void;
}

/** @param change is told whether anything is open. */
export function details({ say }: Reader, change: (isOpen: boolean) => void): Details {
  const element = el('section', { class: 'detail', attributes: { hidden: true } });
  const open: { readonly content: HTMLElement; readonly cameFrom: Element | null }[] = [];

  function show(): void {
    const top = open.at(-1);
    element.hidden = !top;
    if (top) fill(element, button(`← ${say('back')}`, close, { class: 'back' }), top.content);
    change(top !== undefined);
  }

  function close(): void {
    const closed = open.pop();
    show();
    if (closed?.cameFrom instanceof HTMLElement) closed.cameFrom.focus();
  }

  element.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close();
  });
  return {
    element,
    open(content) {
      open.push({ content, cameFrom: document.activeElement });
      show();
      content.querySelector('h2')?.focus();
    },
  };
}

/** The head of what is looked into: it takes the focus, so that a screen reader begins there. */
export function heading(...content: (Node | string)[]): HTMLElement {
  return el('h2', { attributes: { tabindex: -1 } }, ...content);
}

/** A part with a head of its own. */
export function part(title: string, ...content: (Node | undefined)[]): HTMLElement {
  return el('section', { class: 'part' }, el('h3', {}, title), ...content);
}
