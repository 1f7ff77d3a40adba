import type { Board, VulnerabilityRef } from './board.js';
import { Choice } from './choice.js';
import { details } from './detail.js';
import { button, el, fill } from './dom.js';
import type { Fields } from './fields.js';
import { filtersOfCall } from './filters.js';
import { applyTheme, connectHost, type Host } from './host.js';
import type { ImageInfo } from './image.js';
import { imageDetail } from './image-detail.js';
import { imagesView } from './images-view.js';
import { planView } from './plan-view.js';
import { postureStrip } from './posture.js';
import { type Reader, readerOf } from './reader.js';
import { scanBar } from './scan-bar.js';
import { toldOf } from './told.js';
import { vulnerabilityDetail } from './vulnerability-detail.js';
import type { Word } from './words.js';

/** How long the board waits for the arguments of the call that opened it, in ms: some hosts send none. */
const INPUT_MS = 800;
/** What somebody does step by step is told to the model at once, this much later, in ms. */
const TELL_MS = 400;

/** What the call that opened the board was about. */
interface Opening {
  given: Fields;
  result: Fields | undefined;
}

const opening: Opening = { given: {}, result: undefined };
let page: Page | undefined;
let arrived = () => {};
const input = new Promise<void>((resolve) => {
  arrived = resolve;
});

const host = await connectHost({
  input(given) {
    opening.given = given;
    arrived();
    if (page?.isOpen) page.open(opening);
  },
  result(structured) {
    opening.result = structured;
    page?.show(structured);
  },
  context: () => showIn(host),
  end: () => page?.end(),
});
showIn(host);
await Promise.race([input, new Promise((resolve) => setTimeout(resolve, INPUT_MS))]);
page?.open(opening);

/** Shows the page as the host wants it; made anew where the language of the person changed. */
function showIn(of: Host): void {
  const { locale = navigator.language, timeZone } = of.context;
  applyTheme(of.context);
  const reader = readerOf(locale, timeZone);
  if (page?.language === reader.language) return;
  const wasOpen = page?.isOpen;
  page?.end();
  document.documentElement.lang = reader.language === 'zh' ? 'zh-CN' : 'en';
  page = makePage(of, reader);
  if (wasOpen) page.open(opening);
}

interface Page {
  readonly language: Reader['language'];
  readonly isOpen: boolean;
  /** Begins to read. */
  open(opening: Opening): void;
  /** Shows what came by itself, until the page has read its own. */
  show(found: Fields): void;
  end(): void;
}

function makePage(of: Host, reader: Reader): Page {
  const { say } = reader;
  let scope: Fields = {};
  let isOpen = false;
  let opened: ImageInfo | VulnerabilityRef | undefined;
  let telling: ReturnType<typeof setTimeout> | undefined;
  const live = el('p', { class: 'unseen', attributes: { role: 'status', 'aria-live': 'polite' } });
  const choice = new Choice();

  const board: Board = {
    reader,
    choice,
    canScan: document.documentElement.dataset.scan === 'yes',
    call: (tool, given) => of.callTool(tool, { ...scopeFor(given), ...given }),
    announce: (text) => fill(live, text),
    openImage(image) {
      opened = image;
      detail.open(imageDetail(image, board));
      tell();
    },
    openVulnerability(vulnerability) {
      opened = vulnerability;
      detail.open(vulnerabilityDetail(vulnerability, board));
      tell();
    },
  };
  /** A selection and a scan bring their own. */
  const scopeFor = ({ selection_id, scan_id }: Fields) => (selection_id || scan_id ? {} : scope);

  const detail = details(reader, (isShown) => {
    home.hidden = isShown;
    if (isShown) return;
    opened = undefined;
    tell();
  });
  const images = imagesView(board, () => tell());
  const plan = planView(board);
  const posture = postureStrip(board, (filters) => {
    show('images');
    images.filter(filters);
  });
  const scan = scanBar(board, {
    rows: (rows) => images.patch(rows),
    news: () => tell(),
    over() {
      void images.load();
      void posture.load();
    },
  });
  choice.onChange(() => tell());

  const tabs = { images: tab('images', () => show('images')), plan: tab('plan', () => show('plan')) };
  const home = el('div', {}, posture.element, images.element, plan.element);
  const main = el(
    'main',
    {},
    head(),
    home,
    detail.element,
    scan.element,
    el('p', { class: 'soft foot' }, say('coverage')),
    live,
  );
  fill(document.body, main);
  plan.element.hidden = true;

  function head(): HTMLElement {
    const again = () => {
      void posture.load();
      void (plan.element.hidden ? images.load() : plan.load());
    };
    const refresh = button('↻', again, { 'aria-label': say('refresh'), title: say('refresh') });
    return el(
      'header',
      {},
      el('h1', {}, say('title')),
      el('nav', { class: 'tabs', attributes: { 'aria-label': say('title') } }, tabs.images, tabs.plan),
      refresh,
    );
  }

  function tab(word: Word, press: () => void): HTMLButtonElement {
    return button(say(word), press, { 'aria-current': word === 'images' ? 'page' : undefined });
  }

  function show(which: 'images' | 'plan'): void {
    images.element.hidden = which !== 'images';
    plan.element.hidden = which !== 'plan';
    for (const [name, one] of Object.entries(tabs)) {
      if (name === which) one.setAttribute('aria-current', 'page');
      else one.removeAttribute('aria-current');
    }
    if (which === 'plan') void plan.load();
  }

  function tell(): void {
    clearTimeout(telling);
    telling = setTimeout(() => {
      const { text, structured } = toldOf({ filters: images.filters, choice, opened, scan: scan.scan });
      of.tellModel(text, structured);
    }, TELL_MS);
  }

  return {
    language: reader.language,
    get isOpen() {
      return isOpen;
    },
    open({ given, result }) {
      isOpen = true;
      const { region, enterprise_project_id } = given;
      scope = { ...(region ? { region } : {}), ...(enterprise_project_id ? { enterprise_project_id } : {}) };
      if (result?.images) images.show(result);
      void posture.load();
      images.begin(filtersOfCall(given));
    },
    show(found) {
      if (!isOpen && found.images) images.show(found);
    },
    end: () => scan.end(),
  };
}
