import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stylesheet } from '../../functions/web/shared/layout/stylesheet.ts';
import { launchChromium } from './chromium.ts';
import { type Image, readPng } from './image.ts';
import type { Scene } from './scenes.ts';
import { show } from './show.ts';

function fontFace(weight: number, address: string): string {
  const data = readFileSync(fileURLToPath(address)).toString('base64');
  return `@font-face{font-family:Fixed;font-weight:${weight};src:url(data:font/woff2;base64,${data})}`;
}

/**
 * Letters have the same shape in the same place on every machine, whatever fonts it has and however it fits them to its
 * pixels. The arrow of the link back and the hyphen that does not break are in no Latin font.
 */
const sameLetters = [
  fontFace(400, import.meta.resolve('@fontsource/public-sans/files/public-sans-latin-400-normal.woff2')),
  fontFace(700, import.meta.resolve('@fontsource/public-sans/files/public-sans-latin-700-normal.woff2')),
  'html{font-family:Fixed!important}*{text-rendering:geometricPrecision!important}.back::before{content:"‹ "}',
].join('');

/** Takes pictures that depend on the page and the style sheet alone. */
export interface Camera {
  take(scene: Scene, sheet?: string): Promise<Image>;
  close(): Promise<void>;
}

export async function openCamera(): Promise<Camera> {
  const browser = await launchChromium();
  const page = await browser.newPage({ colorScheme: 'light', reducedMotion: 'reduce' });
  return {
    take: async (scene, sheet = stylesheet) => {
      await page.setViewportSize(scene.screen);
      await show(page, { ...scene, html: scene.html.replaceAll('\u2011', '-') }, `${sheet}${sameLetters}`);
      await page.evaluate('document.fonts.ready.then(() => undefined)');
      return readPng(await page.screenshot({ animations: 'disabled', caret: 'hide' }));
    },
    close: () => browser.close(),
  };
}
