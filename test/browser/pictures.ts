import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Person } from './person.ts';

const folder = fileURLToPath(new URL('../../docs/images/', import.meta.url));
const desk = { width: 1280, height: 900 };
const phone = { width: 320, height: 640 };

/**
 * Takes the pictures of the documentation from the French pages, when UPDATE_IMAGES=1 asks for it: ordinary runs leave
 * the tree as it is.
 */
export async function takePicture({ page, language }: Person, name: string, on = 'desk'): Promise<void> {
  if (process.env['UPDATE_IMAGES'] !== '1' || language !== 'fr') return;
  mkdirSync(folder, { recursive: true });
  await page.setViewportSize(on === 'phone' ? phone : desk);
  await page.evaluate('scrollTo(0, 0)');
  await page.screenshot({ path: `${folder}${name}.png` });
  await page.setViewportSize(desk);
}
