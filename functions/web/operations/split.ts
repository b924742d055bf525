import { splitOnboarding, splittingFor } from '../../application/splitting.ts';
import { InvalidInputError } from '../../domain/errors.ts';
import { canonical } from '../../domain/onboarding/audit-chain.ts';
import { type PlannedPart, partsAllowed, type Split } from '../../domain/onboarding/part.ts';
import { effortsOfParts, equalParts } from '../../domain/onboarding/part-sizes.ts';
import type { Snapshot } from '../../domain/onboarding/state.ts';
import { checkSplit, type SplitFacts } from '../../domain/onboarding/transitions/split.ts';
import type { Text } from '../../domain/text.ts';
import { effortFrom } from '../../domain/waves/demand-of.ts';
import { effortPoints } from '../../domain/waves/effort.ts';
import type { WebDependencies } from '../shared/dependencies.ts';
import { leadTo } from '../shared/http/flash.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { onlyAsksForLanguage } from '../shared/http/language.ts';
import { answerPage, formOf, type WebApp, type WebContext } from '../shared/http/web-app.ts';
import { form, table } from '../shared/layout/components.ts';
import type { Problem } from '../shared/layout/error-summary.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import type { View } from '../shared/layout/view.ts';
import { actorOf, visibleOnboarding } from '../shared/session/access.ts';
import { refusalOf, refusalStatus } from '../shared/staff/acts.ts';
import { readReason, reasonField } from '../shared/staff/reason.ts';
import { partFields, readSplit } from './split-fields.ts';
import { maySplit, splitPath, splitTitle } from './split-link.ts';
import { tooLatePage } from './too-late-page.ts';

/** What the page shows beside its fields. */
interface Given {
  readonly facts: SplitFacts;
  readonly count: number;
  readonly fields?: FormFields;
  readonly problems?: readonly Problem[];
  /** The parts whose points are shown, to be decided on. */
  readonly checked?: Split;
}

const notNow: Text = {
  fr: 'Ce dossier ne peut pas être divisé à cette étape : ouvrez d’abord une revue de placement, avant qu’une vague ne soit confirmée.',
  en: 'This onboarding cannot be split at this stage: first open a placement review, before a wave is confirmed.',
};

function countOf(typed: string | undefined, suggested: number): number {
  const count = Number(typed);
  const wanted = typed !== undefined && Number.isInteger(count) ? count : suggested;
  return Math.min(partsAllowed.most, Math.max(partsAllowed.least, wanted));
}

/** As many parts as the largest wave asks for. */
function suggestedCount({ answers, assessment, declared, largestWave }: SplitFacts): number {
  const { points } = effortFrom(answers, assessment, declared);
  return largestWave === undefined || largestWave === 0
    ? partsAllowed.least
    : Math.ceil(points / largestWave);
}

/** The points of each part, and of the largest wave that it is compared with. */
function pointsTable(view: View, split: Split, facts: SplitFacts): Html {
  const efforts = effortsOfParts(split, facts);
  const rows = split.parts.map((part, index) => ({ part, index, effort: efforts[index] }));
  return html`${table<{
    readonly part: PlannedPart;
    readonly index: number;
    readonly effort: (typeof efforts)[number] | undefined;
  }>(view, {
    caption: { fr: 'Points d’effort de chaque partie', en: 'Effort points of each part' },
    rows,
    columns: [
      { name: { fr: 'Partie', en: 'Part' }, cell: ({ part, index }) => `${index + 1}. ${part.scope}` },
      {
        name: { fr: 'Points', en: 'Points' },
        cell: ({ effort }) => (effort === undefined ? '' : view.t(effortPoints(effort))),
      },
    ],
  })}${
    facts.largestWave === undefined
      ? nothing
      : html`<p>${view.t({ fr: `La plus grande vague en offre ${effortPoints({ points: facts.largestWave }).fr}.`, en: `The largest wave offers ${effortPoints({ points: facts.largestWave }).en}.` })}</p>`
  }`;
}

/** The problems of a split at the fields of its form: a sum that is wrong is shown at the first part. */
function atFields(error: unknown): readonly Problem[] {
  const problems = error instanceof InvalidInputError ? error.problems : [refusalOf(error, 'parts')];
  return problems.map((problem) => ({
    ...problem,
    field: problem.field.replace(/^parts$/, 'parts[0].scope').replace(/^(parts\[\d+\])$/, '$1.scope'),
  }));
}

function splitPage(c: WebContext, now: Snapshot, given: Given, status?: 409) {
  const view = c.get('view');
  const { reference, name } = now.state;
  const { facts, count, fields, problems = [], checked } = given;
  return answerPage(
    c,
    {
      title: { fr: `${splitTitle.fr} – ${reference}`, en: `${splitTitle.en} – ${reference}` },
      back: { path: `/operations/${reference}/review` },
      problems,
      body: html`<h1>${view.t(splitTitle)}</h1>
<p class="soft">${name} – ${reference}</p>
<p>${view.t({
        fr: 'Chaque partie a sa place, sa confirmation, sa décision et sa bascule. Les réponses, le résultat, les conditions, les contacts et le lien restent ceux du client. Les nombres des parties s’ajoutent exactement à ceux que le client a donnés.',
        en: 'Each part has its own place, confirmation, decision and cutover. Answers, result, conditions, contacts and link stay the customer’s. The numbers of the parts add up exactly to those that the customer has given.',
      })}</p>
<form method="get" action="${view.href(splitPath(reference))}" class="inline"><div class="field line"><div class="label"><label for="field-count">${view.t({ fr: 'Nombre de parties', en: 'Number of parts' })}</label></div><input type="text" inputmode="numeric" class="short" id="field-count" name="count" value="${count}" autocomplete="off"></div><div class="actions"><button type="submit" class="button second">${view.t({ fr: 'Changer', en: 'Change' })}</button></div></form>
${checked === undefined ? nothing : pointsTable(view, checked, facts)}
${form(view, {
  kept: true,
  action: splitPath(reference),
  content: html`<input type="hidden" name="count" value="${count}"><input type="hidden" name="seen" value="${now.state.reviews}"><input type="hidden" name="shown" value="${checked === undefined ? '' : canonical(checked)}">
${partFields(view, { proposed: equalParts(count, facts), form: fields, problems })}
${reasonField(view, { form: fields, problems })}`,
  buttons:
    checked === undefined
      ? [{ label: { fr: 'Voir les points de chaque partie', en: 'See the points of each part' } }]
      : [
          { label: { fr: 'Diviser ce dossier', en: 'Split this onboarding' }, name: 'decide', value: 'yes' },
          { label: { fr: 'Recalculer les points', en: 'Calculate the points again' }, look: 'second' },
        ],
})}`,
    },
    status,
  );
}

/** The page on which an operator splits an onboarding: the points of the parts are shown before it is decided. */
export function registerSplit(app: WebApp, deps: WebDependencies): void {
  function impossibleNow(c: WebContext, { state }: Snapshot, typed?: string) {
    return tooLatePage(c, { title: splitTitle, reference: state.reference, text: notNow, typed });
  }

  app.get('/operations/:reference/split', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    if (!maySplit(now, deps.clock.now())) return impossibleNow(c, now);
    const facts = await splittingFor(deps, now);
    return splitPage(c, now, { facts, count: countOf(c.req.query('count'), suggestedCount(facts)) });
  });

  app.post('/operations/:reference/split', async (c) => {
    const now = await visibleOnboarding(c, deps, c.req.param('reference'));
    const { reference } = now.state;
    const fields = formOf(c);
    if (!maySplit(now, deps.clock.now())) return impossibleNow(c, now, fields.get('reason'));
    const count = countOf(fields.get('count'), partsAllowed.least);
    const read = readSplit(fields, count);
    const reason = readReason(fields);
    const problems = [
      ...('problems' in read ? read.problems : []),
      ...('problems' in reason ? reason.problems : []),
    ];
    const facts = await splittingFor(deps, now);
    if ('problems' in read || 'problems' in reason) {
      return splitPage(c, now, { facts, count, fields, problems });
    }
    const { split } = read;
    try {
      checkSplit(now, split, facts);
      // What is decided is what was shown with its points.
      const isShown = fields.get('shown') === canonical(split);
      if (fields.get('decide') !== 'yes' || !isShown || onlyAsksForLanguage(c)) {
        return await splitPage(c, now, { facts, count, fields, checked: split });
      }
      const seen = Number(fields.get('seen') ?? Number.NaN);
      await splitOnboarding(deps, reference, { reason: reason.value, split, seen }, actorOf(c, 'operator'));
      return leadTo(c, deps.site, `/operations/${reference}`, 'split');
    } catch (error) {
      const found = atFields(error);
      const after = await deps.store.onboardings.now(reference);
      if (!maySplit(after, deps.clock.now())) return impossibleNow(c, after, fields.get('reason'));
      return splitPage(c, after, { facts, count, fields, problems: found }, refusalStatus(error));
    }
  });
}
