import { assets } from '../layout/stylesheet.ts';
import { keptForAYear } from './headers.ts';
import type { WebApp } from './web-app.ts';

export function registerAssets(app: WebApp): void {
  for (const { path, type, content } of Object.values(assets)) {
    app.get(path, (c) => c.body(content, 200, { 'Content-Type': type, 'Cache-Control': keptForAYear }));
    // Registered before the form guards, which would answer 415.
    app.all(path, (c) => c.body(null, 405, { Allow: 'GET, HEAD' }));
  }
}
