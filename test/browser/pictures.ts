import { fileURLToPath } from 'node:url';
import type { Person } from './person.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));

/**
 * Takes the pictures of the documentation from the French pages, when UPDATE_IMAGES=1 asks for it: ordinary runs leave
 * the tree as it is.
 */
export async function takePicture({ page, language }: Person, name: string): Promise<void> {
  if (process.env['UPDATE_IMAGES'] !== '1' || language !== 'fr') return;
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: `${folder}${name}.png` });
}
