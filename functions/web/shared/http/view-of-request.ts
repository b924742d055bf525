import { getCookie, setCookie } from 'hono/cookie';
import { calendarDateOf } from '../../../domain/calendar-date.ts';
import { lawsOn } from '../../../domain/law-status.ts';
import { inLanguage, type Text } from '../../../domain/text.ts';
import type { WebDependencies } from '../dependencies.ts';
import { unsentQuery } from '../layout/page.ts';
import { flashCookie } from './flash.ts';
import { chooseLanguage, isUnsent, languageCookie, languageSeconds } from './language.ts';
import type { WebContext, WebMiddleware } from './web-app.ts';

/** Path and query without what the language switch sets. */
function ownPath(c: WebContext): string {
  const { pathname, searchParams } = new URL(c.req.url);
  searchParams.delete('lang');
  searchParams.delete(unsentQuery);
  return searchParams.size === 0 ? pathname : `${pathname}?${searchParams}`;
}

/**
 * Makes the view of a request before anything can fail, so that error pages have one too; the session adds to it.
 * The language asked for is remembered by a cookie that says nothing else.
 */
export function viewOfRequest({ site, platform, contact, clock }: WebDependencies): WebMiddleware {
  return async (c, next) => {
    const { name, options } = site.cookie;
    const query = c.req.query('lang');
    const language = chooseLanguage({
      query,
      cookie: getCookie(c, name(languageCookie)),
      accepted: c.req.header('Accept-Language'),
    });
    if (query === language)
      setCookie(c, name(languageCookie), language, { ...options, maxAge: languageSeconds });
    c.set('site', site);
    c.set('view', {
      language,
      t: (text: Text) => inLanguage(text, language),
      href: site.href,
      path: ownPath(c),
      unsent: isUnsent(c),
      formRoot: '/questionnaire',
      platform: platform.name,
      laws: lawsOn(platform.laws ?? [], calendarDateOf(clock.now())),
      viewer: { kind: 'anonymous' },
      contact,
      csrf: undefined,
      flash: getCookie(c, name(flashCookie)),
    });
    await next();
  };
}
