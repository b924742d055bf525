import type { CalendarDate } from '../../domain/calendar-date.ts';
import { conditionTasks } from '../../domain/classification/condition-tasks.ts';
import { wayToClear } from '../../domain/classification/condition-texts.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { questionsToDeclare } from '../../domain/classification/declarations.ts';
import type { Condition, ConditionCode } from '../../domain/classification/outcomes.ts';
import { eligibilityText, requirementLevelLabels } from '../../domain/classification/outcomes.ts';
import { ruleText } from '../../domain/classification/rule-texts.ts';
import type { ResultRecord } from '../../domain/onboarding/records.ts';
import type { OnboardingState } from '../../domain/onboarding/state.ts';
import { tierSetByOperator } from '../../domain/onboarding/transitions/assessment.ts';
import type { Answers, DimensionAnswer } from '../../domain/questionnaire/answers.ts';
import { answeredUnknown } from '../../domain/questionnaire/left-open.ts';
import { findQuestion } from '../../domain/questionnaire/questionnaire.ts';
import { compareReadiness } from '../../domain/readiness/compare.ts';
import type { Lever } from '../../domain/readiness/levers.ts';
import { tierLabels, tiers } from '../../domain/readiness/tier.ts';
import type { Text } from '../../domain/text.ts';
import { type Pair, summaryList, type Tone, table, tag } from '../shared/layout/components.ts';
import { dueText, ownersText } from '../shared/layout/due-dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { legalText } from '../shared/layout/legal-text.ts';
import { numberText } from '../shared/layout/numbers.ts';
import { calculatedOn } from '../shared/layout/result-date.ts';
import type { View } from '../shared/layout/view.ts';
import { type Addressed, howToClear } from './clearing-words.ts';

const tierTones: Readonly<Record<(typeof tiers)[number], Tone>> = {
  UNKNOWN: 'warn',
  NOT_READY: 'warn',
  CONDITIONAL: 'plain',
  READY: 'good',
};

function tierName(view: View, tier: string | undefined): Html | string {
  const known = tiers.find((each) => each === tier);
  return known === undefined ? '' : tag(view, tierLabels[known], tierTones[known]);
}

function questionName(view: View, code: string): string {
  const question = findQuestion(code);
  return question === undefined ? code : view.t(question.label);
}

/** An answer on the scale, as the questionnaire words it. */
function step(view: View, code: string, answer: DimensionAnswer | null): string {
  if (answer === null) return view.t({ fr: 'sans réponse', en: 'no answer' });
  const input = findQuestion(code)?.input;
  const options = input?.kind === 'scale' ? input.options : [];
  const label = options.find((option) => option.code === String(answer))?.label;
  const { fr, en } = label ?? { fr: String(answer), en: String(answer) };
  return view.t({ fr: `« ${fr} »`, en: `“${en}”` });
}

/** The labels of the questions, as a list. */
function questionNames(view: View, ids: readonly string[]): string {
  return ids.map((id) => questionName(view, id)).join(view.t({ fr: ' ; ', en: '; ' }));
}

/** Merges consecutive single steps of one dimension into one. */
function inStrides(list: readonly Lever[]): readonly Lever[] {
  const merged: Lever[] = [];
  for (const each of list) {
    const last = merged.at(-1);
    if (last?.kind === 'dimension' && each.kind === 'dimension' && last.code === each.code) {
      merged[merged.length - 1] = { ...last, to: each.to, gain: last.gain + each.gain };
    } else merged.push(each);
  }
  return merged;
}

/** Where the status page lists the conditions. */
export const conditionsAnchor = 'conditions';

/** The page on which a condition is declared. */
export function declarationPath(code: ConditionCode): string {
  return `/status/conditions/${code}`;
}

/** The link to declare a condition, for one that an answer clears while it may be declared. */
function declareLink(view: View, condition: Condition, mayDeclare: boolean): Html {
  if (!mayDeclare || condition.cleared === true || questionsToDeclare(condition).length === 0) return nothing;
  const text = view.t({ fr: 'Déclarer', en: 'Declare' });
  const label = view.t(conditionLife(condition.code).label);
  return html` <a href="${view.href(declarationPath(condition.code))}">${text}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${label}</span></a>`;
}

function lever(view: View, each: Lever, { assessment }: ResultRecord, mayDeclare: boolean): Html {
  if (each.kind === 'condition') {
    const { label } = conditionLife(each.code);
    const how = wayToClear(each.code, assessment.ruleSetVersion);
    const ids = each.ids === undefined ? '' : ` (${questionNames(view, each.ids)})`;
    const condition = assessment.conditions.find(({ code }) => code === each.code);
    const link = condition === undefined ? nothing : declareLink(view, condition, mayDeclare);
    return html`<li><strong>${view.t(label)}</strong>${ids}. ${view.t(how)}${link}</li>`;
  }
  const { code, from, to, gain } = each;
  const [before, after] = [step(view, code, from), step(view, code, to)];
  const steps = view.t({
    fr: ` : passer de ${before} à ${after}`,
    en: `: move from ${before} to ${after}`,
  });
  const points =
    gain === 0
      ? ''
      : view.t({ fr: ` (+ ${numberText(view, gain)} points)`, en: ` (+${numberText(view, gain)} points)` });
  return html`<li><strong>${questionName(view, code)}</strong>${steps}${points}</li>`;
}

/** The way to the next tier; once handed over, no tier decides anything any more. */
function levers(view: View, result: ResultRecord, mayDeclare: boolean): Html {
  const { levers: list, reaches } = result.assessment.readiness;
  if (list.length === 0 || !mayDeclare) return nothing;
  return html`<h3>${view.t({ fr: 'Comment atteindre le niveau suivant', en: 'How to reach the next tier' })}</h3>
<p>${view.t({ fr: 'Une fois ces actions réalisées, votre niveau sera :', en: 'Once all of this is done, your tier will be:' })} ${tierName(view, reaches)}</p>
<ol>${inStrides(list).map((each) => lever(view, each, result, mayDeclare))}</ol>`;
}

function conditions(view: View, result: ResultRecord, shownWith: ShownWith): Html {
  const { assessment } = result;
  const { today, mayDeclare } = shownWith;
  if (assessment.conditions.length === 0) return nothing;
  const due = conditionTasks(result);
  const rows = assessment.conditions.map((condition) => {
    const tasks = due.filter(({ code }) => code === condition.code);
    return { condition, tasks, life: conditionLife(condition.code) };
  });
  return html`<h3 id="${conditionsAnchor}">${view.t({ fr: 'Conditions', en: 'Conditions' })}</h3>
${table(view, {
  caption: { fr: 'Conditions à respecter ou à lever', en: 'Conditions to respect or clear' },
  rows,
  columns: [
    {
      name: { fr: 'Condition', en: 'Condition' },
      cell: ({ life, condition }) =>
        html`${view.t(life.label)}${'ids' in condition ? ` (${questionNames(view, condition.ids)})` : ''}`,
    },
    {
      name: { fr: 'Responsable', en: 'Owner' },
      cell: ({ tasks }) => ownersText(view, tasks),
    },
    {
      name: { fr: 'Échéance', en: 'Due date' },
      cell: ({ tasks, condition }) => dueText(view, condition, tasks, today),
    },
    {
      name: { fr: 'Comment', en: 'How' },
      cell: ({ condition }) =>
        condition.cleared === true
          ? tag(view, { fr: 'Levée', en: 'Cleared' }, 'good')
          : mayDeclare || conditionLife(condition.code).clearedBy === undefined
            ? html`${howToClear(view, condition.code, { ...shownWith, version: assessment.ruleSetVersion })}${declareLink(view, condition, mayDeclare)}`
            : view.t({ fr: 'Encore ouverte à la passation', en: 'Still open at the hand-over' }),
    },
  ],
})}`;
}

function reasons(view: View, { assessment }: ResultRecord): Html {
  const rules = [...new Map(assessment.reasons.map((reason) => [reason.rule, reason])).values()];
  if (rules.length === 0) return nothing;
  return html`<details><summary>${view.t({ fr: `Pourquoi ce résultat (règles appliquées : ${rules.length})`, en: `Why this result (rules applied: ${rules.length})` })}</summary>
<ul>${rules.map(
    ({ rule, legalReference }) =>
      html`<li>${view.t(ruleText(rule, assessment.ruleSetVersion))} <span class="soft">(${view.t({ fr: 'règle', en: 'rule' })} ${rule}, ${legalText(view, legalReference)})</span></li>`,
  )}</ul></details>`;
}

const directions: Readonly<Record<'better' | 'same' | 'worse', Text>> = {
  better: { fr: 'En progrès', en: 'Better' },
  same: { fr: 'Inchangé', en: 'Unchanged' },
  worse: { fr: 'En recul', en: 'Worse' },
};

function change(view: View, { previous, assessment }: ResultRecord): Html {
  if (previous === undefined) return nothing;
  const { tier, direction, score, dimensions } = compareReadiness(previous, assessment.readiness);
  const points =
    score === null
      ? ''
      : view.t({
          fr: `, ${score > 0 ? '+ ' : ''}${numberText(view, score)} points`,
          en: `, ${score > 0 ? '+' : ''}${numberText(view, score)} points`,
        });
  return html`<h3>${view.t({ fr: 'Depuis la dernière évaluation', en: 'Since the last assessment' })}</h3>
<p><strong>${view.t(directions[direction])}</strong>${view.t({ fr: ' : ', en: ': ' })}${tierName(view, tier.from)} → ${tierName(view, tier.to)}${points}</p>
${dimensions.length === 0 ? nothing : html`<ul>${dimensions.map(({ code, from, to }) => html`<li>${questionName(view, code)}${view.t({ fr: ' : ', en: ': ' })}${step(view, code, from)} → ${step(view, code, to)}</li>`)}</ul>`}`;
}

/** What the result is shown with, besides itself. */
export interface ShownWith extends Addressed {
  /** The answers in force. */
  readonly answers: Answers;
  readonly today: CalendarDate;
  /** Conditions may still be declared. */
  readonly mayDeclare: boolean;
}

/** The share of the readiness topics that the score is based on: it says nothing about the other questions. */
function assessedShare(view: View, coverage: number): readonly Pair[] {
  if (coverage === 100) return [];
  return [
    {
      key: { fr: 'Thèmes de préparation évalués', en: 'Readiness topics assessed' },
      value: view.t({
        fr: `${numberText(view, coverage)} % (selon leur poids)`,
        en: `${numberText(view, coverage)}% (by weight)`,
      }),
    },
  ];
}

/** The questions answered "I don't know", by name. */
function unknownAnswers(view: View, answers: Answers): readonly Pair[] {
  const open = answeredUnknown(answers);
  return [
    {
      key: { fr: 'Réponses « Je ne sais pas »', en: '“I don’t know” answers' },
      value:
        open.length === 0
          ? view.t({ fr: 'Aucune', en: 'None' })
          : html`${open.map(({ id, label }, index) => html`${index === 0 ? nothing : html`<br>`}<a href="${view.href(`/status/answers#question-${id}`)}">${view.t(label)}</a>`)}`,
    },
  ];
}

/** The sources of the recommendations. */
function recommendedBy(view: View, { assessment }: ResultRecord): Html {
  const found = assessment.reasons.filter(({ effect }) => effect === 'RECOMMENDED');
  const sources = new Set(found.map(({ legalReference }) => legalText(view, legalReference)));
  return html`<br><span class="soft">${view.t({ fr: 'Recommandation :', en: 'Recommendation:' })} ${[...sources].join(view.t({ fr: ' ; ', en: '; ' }))}</span>`;
}

/** The four results with their reasons. An operator may have set another tier than the computed one. */
export function resultSection(
  view: View,
  state: OnboardingState,
  result: ResultRecord,
  shownWith: ShownWith,
): Html {
  const { requirementLevel, readiness, ruleSetVersion } = result.assessment;
  const { score, coverage } = readiness;
  const set = tierSetByOperator(state) !== undefined;
  const scoreText =
    score === null
      ? view.t({ fr: 'pas de score', en: 'no score' })
      : view.t({ fr: `${numberText(view, score)} sur 100`, en: `${numberText(view, score)} out of 100` });
  return html`<h2>${view.t({ fr: 'Votre résultat', en: 'Your result' })}</h2>
${summaryList(view, [
  {
    key: { fr: 'Éligibilité', en: 'Eligibility' },
    value: view.t(eligibilityText(result.assessment, state.settledRules)),
  },
  {
    key: { fr: 'Niveau d’exigence', en: 'Requirement level' },
    value: html`${view.t(requirementLevelLabels[requirementLevel])}${requirementLevel === 'RECOMMENDED' ? recommendedBy(view, result) : nothing}`,
  },
  {
    key: { fr: 'Niveau de préparation', en: 'Readiness tier' },
    value: html`${tierName(view, state.tier)} – ${scoreText}${set ? html`<br><span class="soft">${view.t({ fr: 'Niveau fixé par l’équipe d’exploitation.', en: 'Tier set by the operations team.' })}</span>` : nothing}`,
  },
  ...assessedShare(view, coverage),
  ...unknownAnswers(view, shownWith.answers),
  {
    key: { fr: 'Calculé le', en: 'Calculated on' },
    value: html`${calculatedOn(view, result)} <span class="soft">(${view.t({ fr: 'version des règles', en: 'rules version' })} ${ruleSetVersion})</span>`,
  },
])}
${change(view, result)}
${levers(view, result, shownWith.mayDeclare)}
${conditions(view, result, shownWith)}
${reasons(view, result)}`;
}
