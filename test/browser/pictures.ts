import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import { type Image, readPng, writePng } from './image.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The pictures that pages are held against; the README shows some of them. */
export const references = join(root, 'docs/images');
const results = join(root, 'test-results/pictures');

/**
 * Another release of Chromium draws the edges of letters otherwise: in the square that differs most, 56 of 576 pixels
 * differ from those of a release two years older. Choices that are one pixel higher change 180, a border that is one pixel
 * thinner 200, another colour of a button or a background nearly all. `colour` is the least difference between two pixels
 * that counts; 1 is the one between black and white.
 */
const tolerance = { colour: 0.03, square: 24, pixels: 100 } as const;

/** How much of the square that differs most is not as it should be, and where the picture differs. */
export interface Difference {
  readonly pixels: number;
  readonly picture: Image;
}

export const isTolerated = ({ pixels }: Difference): boolean => pixels <= tolerance.pixels;

export function differenceOf(actual: Image, expected: Image): Difference {
  const { width, height } = actual;
  const picture = { width, height, data: new Uint8Array(actual.data.length) };
  if (expected.width !== width || expected.height !== height) {
    return { pixels: Number.POSITIVE_INFINITY, picture: actual };
  }
  const pixels = pixelmatch(actual.data, expected.data, picture.data, width, height, {
    threshold: tolerance.colour,
    windowSize: tolerance.square,
  });
  return { pixels, picture };
}

const fileOf = (name: string) => join(references, `${name}.png`);

export const readReference = (name: string): Image => readPng(readFileSync(fileOf(name)));

export function forgetResults(): void {
  rmSync(results, { recursive: true, force: true });
}

function keepResult(name: string, image: Image): string {
  mkdirSync(results, { recursive: true });
  const file = join(results, `${name}.png`);
  writeFileSync(file, writePng(image));
  return relative(root, file);
}

/** Renews the picture of a page that has changed, so that the others stay as they are, byte for byte. */
export function renewReference(name: string, actual: Image): void {
  if (existsSync(fileOf(name)) && isTolerated(differenceOf(actual, readReference(name)))) return;
  writeFileSync(fileOf(name), writePng(actual));
}

/** What a page does not share with its picture, and where to see it. */
export function faultsOfPicture(name: string, actual: Image): readonly string[] {
  if (!existsSync(fileOf(name))) return [`${name} has no picture; see ${keepResult(name, actual)}`];
  const difference = differenceOf(actual, readReference(name));
  if (isTolerated(difference)) return [];
  const files = [keepResult(name, actual), keepResult(`${name}-difference`, difference.picture)];
  const { square, pixels } = tolerance;
  return [
    `${name}: ${difference.pixels} pixels of a square of ${square} by ${square} differ, ${pixels} may; see ${files.join(' and ')}`,
  ];
}
