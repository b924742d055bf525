import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { conditionTasks } from '../../../domain/classification/condition-tasks.ts';
import { wayToClear } from '../../../domain/classification/condition-texts.ts';
import { conditionLife } from '../../../domain/classification/conditions.ts';
import {
  type Condition,
  conditionCodes,
  eligibilities,
  eligibilityLabels,
  eligibilityText,
  type Reason,
  requirementLevelLabels,
  requirementLevels,
} from '../../../domain/classification/outcomes.ts';
import { ruleText } from '../../../domain/classification/rule-texts.ts';
import type { ResultRecord } from '../../../domain/onboarding/records.ts';
import type { OnboardingState } from '../../../domain/onboarding/state.ts';
import { tierSetByOperator } from '../../../domain/onboarding/transitions/assessment.ts';
import type { Assessment } from '../../../domain/readiness/assessment.ts';
import { tierLabels, tiers } from '../../../domain/readiness/tier.ts';
import type { Text } from '../../../domain/text.ts';
import { summaryList, table, tag } from '../layout/components.ts';
import { dueText, ownersText } from '../layout/due-dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { legalText } from '../layout/legal-text.ts';
import { numberText } from '../layout/numbers.ts';
import { calculatedOn } from '../layout/result-date.ts';
import type { View } from '../layout/view.ts';

/** The label of the tier; empty while there is none. */
export function tierText(view: View, tier: string | undefined): string {
  const known = tiers.find((each) => each === tier);
  return known === undefined ? '' : view.t(tierLabels[known]);
}

function effectText({ effect }: Pick<Reason, 'effect'>): Text {
  const eligibility = eligibilities.find((known) => known === effect);
  if (eligibility !== undefined) return eligibilityLabels[eligibility];
  const level = requirementLevels.find((known) => known === effect);
  if (level !== undefined) return requirementLevelLabels[level];
  const condition = conditionCodes.find((known) => known === effect);
  return condition === undefined ? { fr: effect, en: effect } : conditionLife(condition).label;
}

/**
 * The rules that apply, with the effect and the legal source of each. The text of a rule says as much about the
 * customer's answers as staff need to know; the answers themselves are not shown.
 */
export function reasonTable(
  view: View,
  { reasons, ruleSetVersion }: Pick<Assessment, 'reasons' | 'ruleSetVersion'>,
  caption: Text,
): Html {
  if (reasons.length === 0) return nothing;
  return table(view, {
    caption,
    rows: reasons,
    columns: [
      { name: { fr: 'Règle', en: 'Rule' }, cell: ({ rule }) => rule },
      { name: { fr: 'Effet', en: 'Effect' }, cell: (reason) => view.t(effectText(reason)) },
      {
        name: { fr: 'Explication', en: 'Explanation' },
        cell: ({ rule }) => view.t(ruleText(rule, ruleSetVersion)),
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ legalReference }) => legalText(view, legalReference),
      },
    ],
  });
}

/** What the table of conditions is shown for. */
interface ShownFor {
  readonly today: CalendarDate;
  /** Reference of the onboarding, for operators: with links to act on its conditions. */
  readonly operated?: string | undefined;
}

/** What an operator may do with a condition, or how it is cleared. */
function wayOut(
  view: View,
  { code, cleared }: Condition,
  { operated, version }: ShownFor & { readonly version: string },
): Html | string {
  const { label, clearedBy } = conditionLife(code);
  if (cleared === true) return tag(view, { fr: 'Levée', en: 'Cleared' }, 'good');
  if (operated === undefined || clearedBy === undefined) return view.t(wayToClear(code, version));
  const link = (path: string, text: Text) =>
    html`<a href="${view.href(`/operations/${operated}/conditions/${code}${path}`)}">${view.t(text)}<span class="unseen"> ${view.t(label)}</span></a>`;
  const move =
    clearedBy === 'date'
      ? nothing
      : html`<br>${link('/due-date', { fr: 'Déplacer l’échéance', en: 'Move the due date' })}`;
  return html`${link('', { fr: 'Lever', en: 'Clear' })}${move}`;
}

/** The conditions; for operators with links to clear them and to move their dates. */
function conditionTable(view: View, result: ResultRecord, shownFor: ShownFor): Html {
  const { conditions, ruleSetVersion: version } = result.assessment;
  if (conditions.length === 0) {
    return html`<p>${view.t({ fr: 'Aucune condition.', en: 'No conditions.' })}</p>`;
  }
  const tasks = conditionTasks(result);
  const tasksOf = ({ code }: Condition) => tasks.filter((task) => task.code === code);
  return table(view, {
    caption: { fr: 'Conditions', en: 'Conditions' },
    rows: conditions,
    columns: [
      { name: { fr: 'Condition', en: 'Condition' }, cell: ({ code }) => view.t(conditionLife(code).label) },
      {
        name: { fr: 'Responsable', en: 'Responsible' },
        cell: (condition) => ownersText(view, tasksOf(condition)),
      },
      {
        name: { fr: 'Échéance', en: 'Due date' },
        cell: (condition) => dueText(view, condition, tasksOf(condition), shownFor.today),
      },
      {
        name: { fr: 'Comment la lever', en: 'How to clear it' },
        cell: (condition) => wayOut(view, condition, { ...shownFor, version }),
      },
    ],
  });
}

/** A summary of the four results. */
export function resultSummary(view: View, state: OnboardingState, result: ResultRecord): Html {
  const { requirementLevel, readiness, ruleSetVersion } = result.assessment;
  const { score, coverage } = readiness;
  const set = tierSetByOperator(state) !== undefined;
  return summaryList(view, [
    {
      key: { fr: 'Éligibilité', en: 'Eligibility' },
      value: view.t(eligibilityText(result.assessment, state.settledRules)),
    },
    {
      key: { fr: 'Niveau d’exigence', en: 'Requirement level' },
      value: view.t(requirementLevelLabels[requirementLevel]),
    },
    {
      key: { fr: 'Niveau de préparation', en: 'Readiness tier' },
      value: html`${tierText(view, state.tier ?? readiness.tier)}${
        set
          ? view.t({
              fr: `, fixé par un opérateur (calculé : ${tierText(view, readiness.tier)})`,
              en: `, set by an operator (calculated: ${tierText(view, readiness.tier)})`,
            })
          : nothing
      }`,
    },
    {
      key: { fr: 'Score', en: 'Score' },
      value:
        score === null
          ? view.t({ fr: 'pas de score', en: 'no score' })
          : view.t({
              fr: `${numberText(view, score)} sur 100`,
              en: `${numberText(view, score)} out of 100`,
            }),
    },
    ...(coverage === 100
      ? []
      : [
          {
            key: { fr: 'Thèmes de préparation évalués', en: 'Readiness topics assessed' },
            value: view.t({
              fr: `${numberText(view, coverage)} % (selon leur poids)`,
              en: `${numberText(view, coverage)}% (by weight)`,
            }),
          },
        ]),
    {
      key: { fr: 'Calculé le', en: 'Calculated on' },
      value: `${calculatedOn(view, result)} (${view.t({ fr: 'version des règles', en: 'rules version' })} ${ruleSetVersion})`,
    },
  ]);
}

/** The result with its conditions and reasons; with links for operators when it is operated. */
export function resultSection(
  view: View,
  state: OnboardingState,
  result: ResultRecord | undefined,
  shownFor: ShownFor,
): Html {
  if (result === undefined) {
    return html`<p>${view.t({ fr: 'Pas encore de résultat : les réponses n’ont pas été envoyées.', en: 'No result yet: the answers have not been submitted.' })}</p>`;
  }
  const count = result.assessment.reasons.length;
  return html`${resultSummary(view, state, result)}
${conditionTable(view, result, shownFor)}
${
  count === 0
    ? nothing
    : html`<details><summary>${view.t({ fr: `Explication : ${count} ${count > 1 ? 'règles appliquées' : 'règle appliquée'}`, en: `Explanation: ${count} ${count === 1 ? 'rule applied' : 'rules applied'}` })}</summary>${reasonTable(view, result.assessment, { fr: 'Règles appliquées', en: 'Rules applied' })}</details>`
}`;
}
