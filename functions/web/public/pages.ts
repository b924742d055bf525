import type { WebDependencies } from '../shared/dependencies.ts';
import { answerPage, type WebApp } from '../shared/http/web-app.ts';
import { accessibilityPage } from './accessibility.ts';
import { cookiesPage } from './cookies.ts';
import { legalNoticesPage } from './legal-notices.ts';
import { mailSetupPage } from './mail-setup.ts';
import { privacyPage } from './privacy.ts';
import { questionsPage } from './questions.ts';
import { siteMapPage } from './site-map.ts';
import { trustPage } from './trust.ts';

/** The pages that anyone may read. */
export function registerPublicPages(
  app: WebApp,
  { publication, platform, site, mailSender }: WebDependencies,
): void {
  app.get('/trust', async (c) =>
    answerPage(c, trustPage(c.get('view'), platform, (await publication()).trust)),
  );
  app.get('/privacy', async (c) => answerPage(c, privacyPage(c.get('view'), await publication())));
  app.get('/legal-notices', async (c) => answerPage(c, legalNoticesPage(c.get('view'), await publication())));
  app.get('/questions', (c) => answerPage(c, questionsPage(c.get('view'), platform)));
  app.get('/accessibility', async (c) =>
    answerPage(c, accessibilityPage(c.get('view'), await publication())),
  );
  app.get('/mail-setup', (c) => answerPage(c, mailSetupPage(c.get('view'), site, mailSender)));
  app.get('/site-map', (c) => answerPage(c, siteMapPage(c.get('view'))));
  app.get('/cookies', (c) => answerPage(c, cookiesPage(c.get('view'), site)));
}
