import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';

const root = new URL('../../', import.meta.url);
const readme = readFileSync(new URL('README.md', root), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(new URL('package.json', root), 'utf8')));

/** The files and folders at the root, by which a path is told from a command or a code. */
const topLevel = new Set(readdirSync(root));

function fencedCommands(): string[] {
  return [...readme.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap(([, block = '']) => block.trim().split('\n'));
}

/** Paths in code marks, in link targets and in commands; `<verb-noun>` stands for any one folder. */
function namedPaths(): string[] {
  const inline = [...readme.matchAll(/`([^`\n]+)`/g)].flatMap(([, code = '']) => code.split(' '));
  const linked = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = '']) => target);
  return [...new Set([...inline, ...linked])].filter((text) => {
    const [first = ''] = text.split('/');
    return topLevel.has(first) || /^[^/]+\/.*(?:\.(?:ts|md|json|png|csv)|\/)$/.test(text);
  });
}

function exists(path: string): boolean {
  const [before = '', after] = path.split('<verb-noun>/');
  if (after === undefined) return existsSync(new URL(path, root));
  const folders = readdirSync(new URL(before, root));
  return (
    folders.length > 0 && folders.every((folder) => existsSync(new URL(`${before}${folder}/${after}`, root)))
  );
}

describe('the README', () => {
  it('has at most 200 lines', () => {
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(200);
  });

  it('opens with the command that starts the system and the one that runs the tests', () => {
    expect(fencedCommands().slice(0, 2)).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('names enough paths to check', () => {
    expect(namedPaths().length).toBeGreaterThan(30);
  });

  it.each(namedPaths())('names a path that exists: %s', (path) => {
    expect(exists(path)).toBe(true);
  });

  it('shows what each audience does: the choice of a date, the calendar, a review, the questionnaire', () => {
    const pictures = [...readme.matchAll(/!\[([^\]]+)\]\(docs\/images\/([a-z-]+)\.png\)/g)];
    expect(pictures.every(([, text = '']) => text.length > 15)).toBe(true);
    const shown = pictures.map(([, , name]) => name);
    for (const name of ['status', 'dates', 'waves-calendar', 'operations-detail', 'task-list']) {
      expect(shown).toContain(name);
    }
  });

  it('names only npm scripts that exist', () => {
    const named = [...readme.matchAll(/npm (?:run )?([a-z:-]+)/g)].map(([, name = '']) => name);
    const scriptsNamed = [...new Set(named)].filter((name) => name !== 'ci' && name !== 'run');
    expect(scriptsNamed.length).toBeGreaterThan(10);
    for (const name of scriptsNamed) expect(Object.keys(scripts)).toContain(name);
  });
});
