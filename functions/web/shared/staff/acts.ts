import {
  BusinessError,
  InvalidInputError,
  NotExpectedNowError,
  OnboardingClosedError,
} from '../../../domain/errors.ts';
import type { Actor } from '../../../domain/onboarding/actor.ts';
import { lifecycle } from '../../../domain/onboarding/lifecycle.ts';
import type { IntakeRecord } from '../../../domain/onboarding/records.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import type { WebDependencies } from '../dependencies.ts';
import { leadTo } from '../http/flash.ts';
import type { FormFields } from '../http/form-fields.ts';
import { onlyAsksForLanguage } from '../http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../http/web-app.ts';
import { type Button, form, linkButton } from '../layout/components.ts';
import type { Problem } from '../layout/error-summary.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';
import { actorOf, visibleOnboarding } from '../session/access.ts';
import type { StaffFolder } from './onboarding-table.ts';

/** What the fields of an act are drawn from: the onboarding, and what was typed if the form comes back. */
export interface Filled {
  readonly now: Snapshot;
  readonly intake: IntakeRecord;
  readonly form: FormFields | undefined;
  readonly problems: readonly Problem[];
  readonly at: Date;
}

export interface ReadContext {
  readonly deps: WebDependencies;
  readonly form: FormFields;
  readonly now: Snapshot;
  readonly intake: IntakeRecord;
}

type Read<Value> = { readonly value: Value } | { readonly problems: readonly Problem[] };

/** One thing that staff may do with an onboarding: a page with a form, and what sending it does. */
interface ActSpec<Value> {
  /** Last part of its address, and the code of what was done. */
  readonly path: string;
  /** What it is called, as a heading and where it is linked from. */
  readonly label: Text;
  readonly possible: (now: Snapshot) => boolean;
  /** What it leads to, before anybody sends it. */
  readonly explanation: (now: Snapshot) => readonly Text[];
  readonly fields: (view: View, filled: Filled) => Html;
  /** The field a refusal leads to. */
  readonly first: string;
  readonly button: Button;
  /** Said once it is done. */
  readonly done: Text;
  readonly read: (context: ReadContext) => Read<Value>;
  readonly run: (deps: WebDependencies, reference: string, value: Value, who: Actor) => Promise<void>;
}

export interface Act extends Omit<ActSpec<never>, 'read' | 'run'> {
  /** What is wrong with the form, without doing anything. */
  readonly check: (context: ReadContext) => readonly Problem[];
  /** Does it; gives back what is wrong with the form. @throws BusinessError */
  readonly submit: (context: ReadContext, who: Actor) => Promise<readonly Problem[]>;
}

export function defineAct<Value>({ read, run, ...shown }: ActSpec<Value>): Act {
  return {
    ...shown,
    check: (context) => {
      const given = read(context);
      return 'problems' in given ? given.problems : [];
    },
    submit: async (context, who) => {
      const given = read(context);
      if ('problems' in given) return given.problems;
      await run(context.deps, context.now.state.reference, given.value, who);
      return [];
    },
  };
}

/** The status of a form that comes back with a refusal: whether it is wrong by itself, or for the state of things. */
export function refusalStatus(error: unknown): 409 | undefined {
  return error instanceof InvalidInputError ? undefined : 409;
}

/** A refusal as a problem of the form, so that what was typed stays. @throws anything else */
export function refusalOf(error: unknown, field: string): Problem {
  const [named] = error instanceof InvalidInputError ? error.problems : [];
  if (named !== undefined) return named;
  if (!(error instanceof BusinessError)) throw error;
  return { field, message: error.text };
}

/** Why it is too early or too late for an act. */
function whyImpossible({ label }: Act, { state }: Snapshot): Text {
  if (state.stage === 'CLOSED') return new OnboardingClosedError().text;
  const asked = { fr: `« ${label.fr} »`, en: `“${label.en}”` };
  return new NotExpectedNowError(asked, lifecycle[state.stage].label).text;
}

/** An act that cannot be done now: why, and the way to the onboarding. */
function impossiblePage(c: WebContext, act: Act, at: StaffFolder, now: Snapshot) {
  const view = c.get('view');
  const { reference, name } = now.state;
  return answerPage(
    c,
    {
      title: { fr: `${act.label.fr} – ${reference}`, en: `${act.label.en} – ${reference}` },
      body: html`<h1>${view.t(act.label)}</h1>
<p class="soft">${name} – ${reference}</p>
<p>${view.t(whyImpossible(act, now))}</p>
<p>${linkButton(view, `${at}/${reference}`, { fr: 'Voir le dossier', en: 'See the onboarding' })}</p>`,
    },
    409,
  );
}

function actPage(c: WebContext, act: Act, at: StaffFolder, filled: Filled, status?: 409) {
  const view = c.get('view');
  const { reference, name } = filled.now.state;
  const path = `${at}/${reference}`;
  return answerPage(
    c,
    {
      title: { fr: `${act.label.fr} – ${reference}`, en: `${act.label.en} – ${reference}` },
      back: { path },
      problems: filled.problems,
      body: html`<h1>${view.t(act.label)}</h1>
<p class="soft">${name} – ${reference}</p>
${act.explanation(filled.now).map((line) => html`<p>${view.t(line)}</p>`)}
${form(view, { kept: true, action: `${path}/${act.path}`, content: act.fields(view, filled), buttons: [act.button] })}`,
    },
    status,
  );
}

/** The pages of what may be done with an onboarding, for one role. */
export function registerActs(
  app: WebApp,
  deps: WebDependencies,
  { at, role, acts }: { at: StaffFolder; role: 'sales' | 'operator'; acts: readonly Act[] },
): void {
  for (const act of acts) {
    const path = `${at}/:reference/${act.path}` as const;

    app.get(path, async (c) => {
      const now = await visibleOnboarding(c, deps, c.req.param('reference'));
      if (!act.possible(now)) return impossiblePage(c, act, at, now);
      const intake = await deps.store.dossiers.intake(now.state.reference);
      return actPage(c, act, at, { now, intake, form: undefined, problems: [], at: deps.clock.now() });
    });

    app.post(path, async (c) => {
      const now = await visibleOnboarding(c, deps, c.req.param('reference'));
      const intake = await deps.store.dossiers.intake(now.state.reference);
      const filled = { now, intake, form: formOf(c), at: deps.clock.now() };
      if (onlyAsksForLanguage(c)) {
        return actPage(c, act, at, { ...filled, problems: act.check({ deps, ...filled }) });
      }
      try {
        const problems = await act.submit({ deps, ...filled }, actorOf(c, role));
        if (problems.length > 0) return await actPage(c, act, at, { ...filled, problems });
      } catch (error) {
        return await actPage(
          c,
          act,
          at,
          { ...filled, problems: [refusalOf(error, act.first)] },
          refusalStatus(error),
        );
      }
      return leadTo(c, deps.site, `${at}/${now.state.reference}`, act.path);
    });
  }
}

/** What a page may say was just done. */
export function flashesOf(acts: readonly Act[]): Readonly<Record<string, Text>> {
  return Object.fromEntries(acts.map(({ path, done }) => [path, done]));
}

/** Links to what may be done now. */
export function actLinks(view: View, at: StaffFolder, now: Snapshot, acts: readonly Act[]): Html {
  const possible = acts.filter((act) => act.possible(now));
  if (possible.length === 0) {
    return html`<p>${view.t({ fr: 'Rien à faire sur ce dossier.', en: 'Nothing to do on this onboarding.' })}</p>`;
  }
  return html`<ul>${possible.map(({ path, label }) => html`<li><a href="${view.href(`${at}/${now.state.reference}/${path}`)}">${view.t(label)}</a></li>`)}</ul>`;
}
