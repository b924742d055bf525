import { calendarDateOf } from '../../domain/calendar-date.ts';
import { waveEntries } from '../../domain/onboarding/wave-entries.ts';
import type { Text } from '../../domain/text.ts';
import { calendarText, calendarType } from '../../platform/icalendar.ts';
import { createAddressLimit, type Timed, tooManyRequests } from '../identity/address-limit.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { notFound } from '../shared/http/error-pages.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** 32 bytes in base64url, and the ending by which programs know a calendar. */
const fileShape = /^([A-Za-z0-9_-]{43})\.ics$/;

const calendarName: Text = { fr: 'vagues', en: 'waves' };

/** Seconds for which a program may keep what it fetched. */
const keptFor = 900;

/**
 * The waves under an operator's secret address, to read only: no cookie, no session. Whatever is wrong with an address,
 * the answer is the same. It is found by its hash, so that no time taken tells how much of it was right.
 */
export function registerCalendarFeed(app: WebApp, deps: WebDependencies & Timed): void {
  const { store, clock, platform, contact, site } = deps;
  const waitFor = createAddressLimit(deps);
  app.get('/calendar/:file', async (c) => {
    if (waitFor(c) > 0) return c.text(c.get('view').t(tooManyRequests), 429);
    const token = fileShape.exec(c.req.param('file'))?.[1];
    const now = clock.now();
    const feed = token === undefined ? undefined : await store.calendarFeeds.find(token, now);
    if (feed === undefined) return notFound(c);
    const { language } = feed;
    const waves = await store.waves.calendar(platform.sites.map(({ code }) => code));
    const entries = waveEntries(waves, calendarDateOf(now), {
      ...{ platform, language },
      pageOf: ({ id }) => site.url(`/waves/${id}`),
    });
    const method = 'PUBLISH';
    const text = calendarText(entries, {
      ...{ method, language, stamp: now },
      organiser: { name: platform.name, email: contact },
      name: `${platform.name} – ${calendarName[language]}`,
    });
    return c.body(text, 200, {
      'Content-Type': calendarType(method),
      'Cache-Control': `private, max-age=${keptFor}`,
    });
  });
}
