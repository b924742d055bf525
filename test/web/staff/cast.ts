import { answerWave } from '../../../functions/application/answer-wave.ts';
import { submitAnswers } from '../../../functions/application/submit-answers.ts';
import { system } from '../../../functions/domain/onboarding/actor.ts';
import type { Stage } from '../../../functions/domain/onboarding/lifecycle.ts';
import type { Answers } from '../../../functions/domain/questionnaire/answers.ts';
import { sirens } from '../../support/canaries.ts';
import { plainAnswers } from '../../support/sample-answers.ts';
import { type Browser, origin, type Trial } from '../../support/trial.ts';

const customer = { kind: 'customer', id: 'test' } as const;

/** Brings onboardings to where staff have something to do. */
export function castOf(trial: Trial) {
  const { runtime } = trial;
  let next = 0;

  async function stageOf(reference: string): Promise<Stage> {
    return (await runtime.store.onboardings.now(reference)).state.stage;
  }
  async function invited(team = 'state'): Promise<string> {
    const siren = sirens[next];
    if (siren === undefined) throw new Error('No sample organisation is left');
    next += 1;
    return trial.start(siren, team);
  }
  async function answered(answers: Partial<Answers> = {}, team = 'state'): Promise<string> {
    const reference = await invited(team);
    await submitAnswers(runtime, reference, { ...plainAnswers, ...answers }, customer);
    await runtime.clock.settled();
    return reference;
  }
  async function inGoNoGo(): Promise<string> {
    const reference = await answered();
    await answerWave(runtime, reference, 'confirm', customer);
    for (let turns = 0; turns < 1_000 && (await stageOf(reference)) !== 'GO_NO_GO'; turns += 1) {
      await runtime.clock.settled();
      await runtime.clock.jumpToNext();
    }
    return reference;
  }
  /** Notes what the dispatcher and the engine tell: an undelivered mail, a failed run. */
  async function note(reference: string, what: 'bounce' | 'failure'): Promise<void> {
    await runtime.store.onboardings.change<void>(reference, async () => ({
      result: undefined,
      change:
        what === 'bounce'
          ? {
              set: { mailBounced: true },
              event: { type: 'MAIL_NOT_DELIVERED', actor: system, data: { mail: 'a-mail', why: 'bounce' } },
            }
          : {
              run: { status: 'failed', failedAt: runtime.clock.now().toISOString(), error: 'ContractError' },
              event: {
                type: 'EXECUTION_FAILED',
                actor: system,
                data: { run: 1, status: 'FAILED', error: 'ContractError' },
              },
            },
    }));
  }
  return { stageOf, invited, answered, inGoNoGo, note };
}

/** Sends a form with fields that may repeat, as it stands on the page at `from`. */
export async function sendForm(
  browser: Browser,
  from: string,
  fields: readonly (readonly [string, string])[],
  action = from,
): Promise<Response> {
  const html = await (await browser.get(from)).text();
  const main = html.slice(html.indexOf('<main'), html.indexOf('</main>'));
  const hidden = [...main.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [string, string] => [name, value],
  );
  const proof = /name="_csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
  const given = new Set(fields.map(([name]) => name));
  const body = new URLSearchParams([
    ...hidden.filter(([name]) => name !== '_csrf' && !given.has(name)),
    ...fields.map(([name, value]): [string, string] => [name, value]),
    ['_csrf', proof],
  ]);
  return browser.send(action, { method: 'POST', body, headers: { Origin: origin } });
}

/** Sends a form that first shows what it does, and confirms it; a refusal comes back as it is. */
export async function confirmForm(
  browser: Browser,
  path: string,
  fields: readonly (readonly [string, string])[],
): Promise<Response> {
  const asked = await sendForm(browser, path, fields);
  if (asked.status !== 200) return asked;
  const shown = /name="shown" value="([^"]*)"/.exec(await asked.text())?.[1] ?? '';
  return sendForm(browser, path, [...fields, ['shown', shown.replaceAll('&quot;', '"')]]);
}
