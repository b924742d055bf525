import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const root = new URL('../../', import.meta.url);
const document = readFileSync(new URL('docs/form-checklist.md', root), 'utf8');
const named = [...document.matchAll(/`(test\/[^`]+\.ts)`(?: › ([^|]*?))?(?=; `test| \||\. |$)/gm)].map(
  ([, file = '', title]) => ({ file, title }),
);

it('the checklist of the form has each of its 30 items once', () => {
  const ids = [...document.matchAll(/^\| (F\d\d) \|/gm)].map(([, id]) => id);
  expect(ids).toEqual(Array.from({ length: 30 }, (_, index) => `F${String(index + 1).padStart(2, '0')}`));
});

it('each state of the checklist is one of three', () => {
  const states = [...document.matchAll(/^\| F\d\d \| [^|]+ \| ([^|:]+)/gm)].map(([, state]) => state?.trim());
  expect(states).toHaveLength(30);
  expect(states.filter((state) => state !== 'done' && state !== 'in part' && state !== 'open')).toEqual([]);
});

it.each(named)('the checklist names a test that is there: $file › $title', ({ file, title }) => {
  const path = new URL(file, root);
  expect(existsSync(path)).toBe(true);
  if (title !== undefined) expect(readFileSync(path, 'utf8')).toContain(title.trim());
});

it('the checklist names a test for each item', () => {
  expect(named.length).toBeGreaterThanOrEqual(30);
});
