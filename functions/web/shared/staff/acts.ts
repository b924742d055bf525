import {
  BusinessError,
  InvalidInputError,
  NotExpectedNowError,
  OnboardingClosedError,
} from '../../../domain/errors.ts';
import { organisationName } from '../../../domain/intake/scope-names.ts';
import type { Actor } from '../../../domain/onboarding/actor.ts';
import { lifecycle } from '../../../domain/onboarding/lifecycle.ts';
import type { IntakeRecord } from '../../../domain/onboarding/records.ts';
import type { Snapshot } from '../../../domain/onboarding/state.ts';
import type { Text } from '../../../domain/text.ts';
import type { WebDependencies } from '../dependencies.ts';
import { leadTo } from '../http/flash.ts';
import type { FormFields } from '../http/form-fields.ts';
import { onlyAsksForLanguage } from '../http/language.ts';
import { statusOfTooOften } from '../http/too-often.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../http/web-app.ts';
import { type Button, form, linkButton } from '../layout/components.ts';
import type { Problem } from '../layout/error-summary.ts';
import { type Html, html } from '../layout/html.ts';
import type { View } from '../layout/view.ts';
import { actorOf, visibleOnboarding } from '../session/access.ts';
import type { ActLink } from './act-link.ts';
import type { StaffFolder } from './onboarding-table.ts';

/** The data for the fields of an act: the onboarding, and the entries if the form is shown again. */
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

/** An action of staff on an onboarding: a page with a form, and the use case it submits to. */
interface ActSpec<Value> extends ActLink {
  /** The consequences, shown above the form. */
  readonly explanation: (now: Snapshot) => readonly Text[];
  /** A page that helps when the act alone does not. */
  readonly seeAlso?: { readonly path: string; readonly label: Text };
  readonly fields: (view: View, filled: Filled) => Html;
  /** The field to which a refusal is attached. */
  readonly first: string;
  readonly button: Button;
  readonly read: (context: ReadContext) => Read<Value>;
  readonly run: (deps: WebDependencies, reference: string, value: Value, who: Actor) => Promise<void>;
}

export interface Act extends Omit<ActSpec<never>, 'read' | 'run'> {
  /** Validates the form without submitting it. */
  readonly check: (context: ReadContext) => readonly Problem[];
  /** Submits the form; returns its problems. @throws BusinessError */
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

/** The status of a refused form: 409 if the state of the onboarding forbids it, undefined if the input is wrong. */
export function refusalStatus(error: unknown): 409 | undefined {
  return error instanceof InvalidInputError ? undefined : 409;
}

/** The same for an act, which may also have been asked too often. */
function statusOfRefusal(c: WebContext, error: unknown): 409 | 429 | undefined {
  return statusOfTooOften(c, error) ?? refusalStatus(error);
}

/** Turns a refusal into a problem of the form, so that the entries are kept. @throws any other error */
export function refusalOf(error: unknown, field: string): Problem {
  const [named] = error instanceof InvalidInputError ? error.problems : [];
  if (named !== undefined) return named;
  if (!(error instanceof BusinessError)) throw error;
  return { field, message: error.text };
}

/** The reason why an act is not possible at this stage. */
function whyImpossible({ label }: Act, { state }: Snapshot): Text {
  if (state.stage === 'CLOSED') return new OnboardingClosedError().text;
  const asked = { fr: `« ${label.fr} »`, en: `“${label.en}”` };
  return new NotExpectedNowError(asked, lifecycle[state.stage].label).text;
}

/** The page for an act that is not possible now: the reason, and a link to the onboarding. */
function impossiblePage(c: WebContext, act: Act, at: StaffFolder, now: Snapshot) {
  const view = c.get('view');
  const { reference } = now.state;
  const name = organisationName(now.state);
  return answerPage(
    c,
    {
      title: { fr: `${act.label.fr} – ${reference}`, en: `${act.label.en} – ${reference}` },
      body: html`<h1>${view.t(act.label)}</h1>
<p class="soft">${name} – ${reference}</p>
<p>${view.t(whyImpossible(act, now))}</p>
<p>${linkButton(view, `${at}/${reference}`, { fr: 'Voir le dossier', en: 'View the onboarding' })}</p>`,
    },
    409,
  );
}

function actPage(c: WebContext, act: Act, at: StaffFolder, filled: Filled, status?: 409 | 429) {
  const view = c.get('view');
  const { reference } = filled.now.state;
  const name = organisationName(filled.now.state);
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
${act.seeAlso === undefined ? '' : html`<p><a href="${view.href(act.seeAlso.path)}">${view.t(act.seeAlso.label)}</a></p>`}
${form(view, { kept: true, action: `${path}/${act.path}`, content: act.fields(view, filled), buttons: [act.button] })}`,
    },
    status,
  );
}

/** Registers the pages of a role's acts. */
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
          statusOfRefusal(c, error),
        );
      }
      return leadTo(c, deps.site, `${at}/${now.state.reference}`, act.path);
    });
  }
}
