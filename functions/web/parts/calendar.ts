import { registerCalendarFeed } from '../calendar/feed.ts';
import { registerCalendarPage } from '../calendar/page.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import type { WebApp } from '../shared/http/web-app.ts';

/** The waves in the calendars of operators: the page with the address, and what is under it. */
export function registerCalendarPart(app: WebApp, deps: WebDependencies): void {
  registerCalendarPage(app, deps);
  registerCalendarFeed(app, deps);
}
