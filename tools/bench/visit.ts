import type { Answers } from '../../functions/domain/questionnaire/answers.ts';
import { askedIn } from '../../functions/domain/questionnaire/question-order.ts';
import { sections } from '../../functions/domain/questionnaire/questionnaire.ts';
import { assets } from '../../functions/web/shared/layout/stylesheet.ts';
import { sirens } from '../../test/support/canaries.ts';
import { fieldsOf } from '../../test/support/page-reader.ts';
import { plainAnswers } from '../../test/support/sample-answers.ts';
import { type Browser, openBrowser, origin, startTrial } from '../../test/support/trial.ts';
import { type Fields, fieldsFor } from '../../test/support/visitor.ts';
import { logEventOverhead } from './log-events.ts';
import { createMeter, type Meter } from './meter.ts';

/** The web requests for one onboarding; their effects in the workflow are counted with the paths. */
export interface VisitCost {
  readonly requests: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  /** As they leave, uncompressed. */
  readonly responseBytes: number;
  readonly logBytes: number;
}

/** A simulated browser: submits a form from its page and follows redirects. */
class Person {
  readonly #browser: Browser;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async see(path: string): Promise<string> {
    const response = await this.#browser.get(path);
    if (response.status !== 200) throw new Error(`${path} returned status ${response.status}`);
    return response.text();
  }

  /** Fills in the form of a page, sends it and comes to where it leads. */
  async fill(path: string, changes: Fields = []): Promise<void> {
    const found = fieldsOf(await this.see(path));
    const names = new Set(changes.map(([name]) => name));
    const body = new URLSearchParams();
    for (const [name, value] of [...found.filter(([name]) => !names.has(name)), ...changes]) {
      body.append(name, value);
    }
    const response = await this.#browser.send(path, { method: 'POST', body, headers: { Origin: origin } });
    const next = response.headers.get('Location');
    if (response.status !== 303 || next === null)
      throw new Error(`${path} returned status ${response.status}`);
    await this.see(new URL(next, origin).pathname);
  }
}

async function answerQuestionnaire(customer: Person, link: string, answers: Answers): Promise<void> {
  await customer.fill(link);
  for (const { path } of Object.values(assets)) await customer.see(path);
  await customer.see('/questionnaire');
  for (const { id: section } of sections) {
    // It is left and taken up again in the middle: people come back for weeks.
    if (section === 'C') await customer.fill(link);
    for (const { id } of askedIn(section, answers)) {
      await customer.fill(`/questionnaire/${id}`, fieldsFor(id, answers));
    }
    await customer.fill(`/questionnaire/${section}`, [['completed', 'yes']]);
  }
  await customer.fill('/questionnaire/check', [['E6', 'yes']]);
}

/** Visits the pages of one onboarding, in the browsers of its customer and of an operator. */
export async function measureVisit(): Promise<VisitCost> {
  const meter: Meter = createMeter();
  meter.count(false);
  const trial = await startTrial(origin, { onWrite: meter.onWrite, onClient: meter.watch });
  let requests = 0;
  let responseBytes = 0;
  const browse = openBrowser(async (url, init) => {
    const logged = trial.log.length;
    meter.count(true);
    const response = await trial.app.request(url, init);
    // The page is made while it is read; what it woke runs on its own account.
    const body = await response.clone().arrayBuffer();
    meter.count(false);
    requests += 1;
    responseBytes += body.byteLength;
    logLines.push(...trial.log.slice(logged));
    return response;
  }, origin);
  const logLines: string[] = [];
  try {
    const reference = await trial.start(sirens[0] ?? '');
    const link = await trial.linkOf(reference);
    const customer = new Person(browse);
    await answerQuestionnaire(customer, link, plainAnswers);
    await trial.runtime.clock.settled();
    await customer.see('/status');
    // Another day: by the link of the mail that tells of the date.
    await customer.fill(link);
    await customer.fill('/status/wave/confirm');
    const { write, read } = meter.total();
    const logBytes = logLines.reduce((sum, line) => sum + line.length + logEventOverhead, 0);
    return { requests, writeUnits: write, readUnits: read, responseBytes, logBytes };
  } finally {
    await trial.close();
  }
}
