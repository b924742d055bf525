import { calendarDateOf, daysBetween } from '../../../domain/calendar-date.ts';
import { organisationName } from '../../../domain/intake/scope-names.ts';
import { failureLabels, failureOf } from '../../../domain/onboarding/failures.ts';
import type { OnboardingState, Snapshot } from '../../../domain/onboarding/state.ts';
import { whoseTurn } from '../../../domain/onboarding/whose-turn.ts';
import type { PlatformConfiguration } from '../../../domain/platform-configuration.ts';
import type { Text } from '../../../domain/text.ts';
import { table, tag } from '../layout/components.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { partyLabels, stageTag } from '../layout/stage-tag.ts';
import type { View } from '../layout/view.ts';
import { attentionTags } from './attention.ts';

/** Whole days in the current stage, by the Paris calendar. */
export function daysInStage({ stageSince }: OnboardingState, at: Date): number {
  return Math.max(0, daysBetween(calendarDateOf(new Date(stageSince)), calendarDateOf(at)));
}

/** Path prefix of the pages of one role. */
export type StaffFolder = '/sales' | '/operations';

interface OnboardingTable {
  readonly caption: Text;
  readonly rows: readonly Snapshot[];
  readonly at: StaffFolder;
  readonly now: Date;
  readonly platform: PlatformConfiguration;
}

/** What a failed run failed of. */
function failureTag(view: View, { run }: OnboardingState): Html {
  const failure = failureOf(run);
  return failure === undefined ? nothing : html` ${tag(view, failureLabels[failure], 'warn')}`;
}

/** A table of onboardings with stage, days in stage and the party that must act next. */
export function onboardingTable(view: View, { caption, rows, at, now, platform }: OnboardingTable): Html {
  if (rows.length === 0) {
    return html`<p><strong>${view.t(caption)}</strong>${view.t({ fr: ' : aucun dossier.', en: ': none.' })}</p>`;
  }
  return table(view, {
    caption,
    rows,
    even: true,
    columns: [
      {
        name: { fr: 'Organisme', en: 'Organisation' },
        cell: ({ state }) =>
          html`<a href="${view.href(`${at}/${state.reference}`)}">${organisationName(state)}</a>`,
      },
      {
        name: { fr: 'Référence', en: 'Reference' },
        cell: ({ state: { reference } }) => html`<span class="code">${reference}</span>`,
      },
      {
        name: { fr: 'Étape', en: 'Stage' },
        cell: (row) =>
          html`${stageTag(view, row.state)}${attentionTags(view, row, { platform, at: now })}${at === '/operations' ? failureTag(view, row.state) : nothing}`,
      },
      {
        name: { fr: 'Action attendue de', en: 'Next to act' },
        cell: ({ state, wait }) => view.t(partyLabels[whoseTurn(state, wait)]),
      },
      {
        name: { fr: 'Jours à l’étape', en: 'Days in stage' },
        cell: ({ state }) => daysInStage(state, now),
        number: true,
      },
    ],
  });
}
