import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

/** The rooms from the top down; those of one line stand side by side. docs/architecture.md says what each holds. */
const FLOORS = [
  ['index'],
  ['main', 'demo'],
  ['mcp', 'doctor', 'command'],
  ['tools'],
  ['report', 'board'],
  ['present'],
  ['images', 'findings'],
  ['workspace'],
  ['hss'],
  ['auth'],
  ['cloud'],
  ['config'],
  ['log'],
  ['http', 'call', 'text', 'sandbox'],
  ['failure'],
  ['words'],
  ['version'],
];

/** The embedded HSS is written from the documents alone, and the demo is a client of the program: neither shares code. */
const APART = ['sandbox', 'demo'];

const SOURCES = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .sort();

const IMPORTS = new Map(SOURCES.map((file) => [file, importsOf(file)]));

function importsOf(file: string): string[] {
  const code = readFileSync(join('src', file), 'utf8');
  const paths = [...code.matchAll(/(?:\bfrom|\bimport\(|^import)\s*'(\.[^']+)\.js'/gm)].flatMap(
    ([, path]) => path ?? [],
  );
  return paths.map((path) => `${normalize(join(dirname(file), path))}.ts`);
}

const roomOf = (file: string) => file.split('/')[0]?.replace(/\.ts$/, '') ?? '';
const floorOf = (file: string) => FLOORS.findIndex((floor) => floor.includes(roomOf(file)));

describe('the house', () => {
  it('has a floor for every room', () => {
    expect(SOURCES.filter((file) => floorOf(file) === -1)).toEqual([]);
  });

  it('imports downwards only', () => {
    const upwards = [...IMPORTS].flatMap(([file, paths]) =>
      paths.filter((path) => floorOf(path) < floorOf(file)).map((path) => `${file} imports ${path}`),
    );
    expect(upwards).toEqual([]);
  });

  it('has no circle, of files or of rooms side by side', () => {
    const rooms = new Map<string, Set<string>>();
    for (const [file, paths] of IMPORTS) {
      const others = paths.map(roomOf).filter((room) => room !== roomOf(file));
      rooms.set(roomOf(file), new Set([...(rooms.get(roomOf(file)) ?? []), ...others]));
    }
    expect([circleIn(IMPORTS), circleIn(rooms)]).toEqual([undefined, undefined]);
  });

  it.each(APART)('%s shares no code with the rest', (room) => {
    const shared = [...IMPORTS].flatMap(([file, paths]) =>
      roomOf(file) === room ? paths.filter((path) => ![room, 'version'].includes(roomOf(path))) : [],
    );
    expect(shared).toEqual([]);
  });
});

/** The first circle that is found, as the path that leads back to its beginning. */
function circleIn(graph: ReadonlyMap<string, Iterable<string>>): string | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(' > ');
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = visit(next, [...path, node]);
      if (circle) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = visit(node, []);
    if (circle) return circle;
  }
  return undefined;
}

describe('the start', () => {
  /** What is loaded before the first answer: what `first` imports, and so on, but not what is loaded on first use. */
  function loadedBy(first: string, seen = new Set<string>()): Set<string> {
    if (seen.has(first)) return seen;
    seen.add(first);
    const code = readFileSync(join('src', first), 'utf8');
    for (const [, path] of code.matchAll(/^(?:import|export)\s+(?!type\b)[^;]*?from\s*'([^']+)'/gm)) {
      if (path?.startsWith('.')) loadedBy(normalize(join(dirname(first), path.replace(/\.js$/, '.ts'))), seen);
      else if (path) seen.add(path);
    }
    return seen;
  }

  it('loads nothing that the first answer does not need', () => {
    // The build puts the finished list in the place of mcp/tool-list.ts, with all that it is made from.
    const loaded = loadedBy('mcp/serve.ts', new Set(['mcp/tool-list.ts']));
    expect(
      [...loaded].filter((name) =>
        /^undici|^(sandbox|doctor|hss|auth|cloud)\/|http\/(transport|proxy)|words\/words/.test(name),
      ),
    ).toEqual([]);
    expect(loaded).toContain('config/config.ts');
  });
});
