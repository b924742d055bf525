import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { plainAnswers } from '../support/sample-answers.ts';
import { type Browser, origin, startTrial, type Trial } from '../support/trial.ts';
import { openLink } from '../support/visitor.ts';
import { castOf } from '../web/staff/cast.ts';
import type { Snapshot } from './album.ts';

/**
 * The narrowest screen that pages are made for, and a desk: higher than people's, to show more of a page; the long one, its
 * conditions.
 */
const screens = {
  phone: { width: 320, height: 1280 },
  longPhone: { width: 320, height: 3500 },
  desk: { width: 1280, height: 1100 },
} as const;

/** A page as it is put before the camera. */
export interface Scene extends Snapshot {
  /** Of the file of its picture. */
  readonly name: string;
  readonly screen: { readonly width: number; readonly height: number };
}

/** References are drawn anew in each run; a picture has to show the same each time. */
const withSameReference = (html: string) => html.replace(/\b[A-Z2-9]{4}-[A-Z2-9]{4}\b/g, 'K7QF-3XMD');

async function sceneOf(
  name: string,
  screen: keyof typeof screens,
  path: string,
  page: Promise<Response>,
): Promise<Scene> {
  const html = withSameReference(await (await page).text());
  return { name, screen: screens[screen], url: `${origin}${path}`, html, language: 'fr' };
}

const look = (name: string, screen: keyof typeof screens, browser: Browser, path: string) =>
  sceneOf(name, screen, path, browser.get(path));

/** What an operator sees while a single onboarding exists: lists of several have no order that lasts. */
async function scenesOfOperator(trial: Trial, reviewed: string): Promise<readonly Scene[]> {
  const operator = await trial.staff({ roles: ['operator'] });
  return [
    await look('operations-list', 'desk', operator, '/operations'),
    await look('operations-detail', 'desk', operator, `/operations/${reviewed}`),
    await look('waves-calendar', 'desk', operator, '/waves?view=month&from=2027-02-01&to=2027-06-30'),
  ];
}

async function scenesOfForm(trial: Trial, invited: string): Promise<readonly Scene[]> {
  const invitation = await look('invitation', 'phone', trial.browser(), await trial.linkOf(invited));
  const { browser, send, answer, fill } = await openLink(trial, invited);
  const wrong = send('/questionnaire/C2', [['C2.usersInScope', 'cent']]);
  const error = await sceneOf('question-error', 'desk', '/questionnaire/C2', wrong);
  await fill('A', plainAnswers);
  await send('/questionnaire/A', [['completed', 'yes']]);
  await answer('B6', { ...plainAnswers, B6: ['public_order', 'health_or_life'] });
  const begun = [
    await look('task-list', 'desk', browser, '/questionnaire'),
    await look('question', 'phone', browser, '/questionnaire/B6'),
  ];
  for (const { id } of sections) await fill(id, plainAnswers);
  return [invitation, error, ...begun, await look('check', 'phone', browser, '/questionnaire/check')];
}

/** The main pages in French, each in a state that shows most of its parts. */
export async function openScenes(): Promise<readonly Scene[]> {
  await using closing = new AsyncDisposableStack();
  const trial = await startTrial();
  closing.defer(() => trial.close());
  const cast = castOf(trial);
  const operator = await scenesOfOperator(trial, await cast.answered({ A7: 'yes' }));
  const form = await scenesOfForm(trial, await cast.invited());
  const held = await openLink(trial, await cast.answered());
  const conditional = await openLink(
    trial,
    await cast.answered({ B9: ['art9'], B9b: 'under_10k', B11: 'not_done' }),
  );
  return [
    await look('home', 'phone', trial.browser(), '/'),
    await look('trust', 'desk', trial.browser(), '/trust'),
    ...form,
    await look('status', 'desk', held.browser, '/status'),
    await look('dates', 'phone', held.browser, '/status/dates'),
    await look('status-conditions', 'longPhone', conditional.browser, '/status'),
    ...operator,
  ];
}
