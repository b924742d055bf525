import type { GoNoGoFacts, PlacementFacts, ShownFacts } from '../../application/review-facts.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import { isOverdue } from '../../domain/classification/condition-tasks.ts';
import { conditionLife } from '../../domain/classification/conditions.ts';
import { ownerLabels } from '../../domain/classification/owner-labels.ts';
import type { BlockingCondition } from '../../domain/onboarding/blocking-conditions.ts';
import { extentText, remediationLabels } from '../../domain/onboarding/remediation.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import type { Text } from '../../domain/text.ts';
import { deadlineLabels } from '../../domain/waves/date-constraints.ts';
import { effortShareTexts } from '../../domain/waves/effort.ts';
import type { NearWave } from '../../domain/waves/nearest-waves.ts';
import { siteLabel } from '../../domain/waves/wave.ts';
import { noValue, summaryList, table, tag } from '../shared/layout/components.ts';
import { dayText } from '../shared/layout/dates.ts';
import { movedText, overdueLabel } from '../shared/layout/due-dates.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { mailLink } from '../shared/layout/mail-link.ts';
import { numberText } from '../shared/layout/numbers.ts';
import type { View } from '../shared/layout/view.ts';

/** Where the facts are shown. */
interface Place {
  readonly reference: string;
  readonly platform: PlatformConfiguration;
  readonly today: CalendarDate;
}

const estimate = { fr: ' (estimation)', en: ' (estimate)' };

/** A number that is marked where it is none that the customer gave exactly. */
function estimable(view: View, count: number, estimated: boolean): string {
  return `${numberText(view, count)}${estimated ? view.t(estimate) : ''}`;
}

function sizeSummary(view: View, { users, effort, largestWave, deadline }: PlacementFacts): Html {
  const none = view.t({ fr: 'aucune', en: 'none' });
  const complex = effort.complex ? view.t({ fr: ' (client complexe)', en: ' (complex customer)' }) : '';
  return summaryList(view, [
    {
      key: { fr: 'Utilisateurs concernés', en: 'Users in scope' },
      value:
        users === undefined
          ? view.t({ fr: 'nombre inconnu', en: 'number unknown' })
          : estimable(view, users.count, users.estimated),
    },
    {
      key: { fr: 'Points d’effort', en: 'Effort points' },
      value: `${estimable(view, effort.points, effort.estimated)}${complex}`,
    },
    {
      key: { fr: 'Plus grande vague (points)', en: 'Largest wave (points)' },
      value: largestWave === undefined ? none : numberText(view, largestWave),
    },
    {
      key: { fr: 'Date limite', en: 'Deadline' },
      value:
        deadline === undefined
          ? none
          : `${dayText(view, deadline.date)} (${view.t(deadlineLabels[deadline.source])})`,
    },
  ]);
}

function effortTable(view: View, { effort }: PlacementFacts): Html {
  return table(view, {
    caption: { fr: 'D’où viennent les points', en: 'Where the points come from' },
    rows: effort.shares,
    columns: [
      { name: { fr: 'Élément', en: 'Item' }, cell: ({ code }) => view.t(effortShareTexts[code].label) },
      { name: { fr: 'Calcul', en: 'Calculation' }, cell: ({ code }) => view.t(effortShareTexts[code].rate) },
      {
        name: { fr: 'Nombre', en: 'Number' },
        cell: ({ count, estimated }) => estimable(view, count, estimated),
        number: true,
      },
      { name: { fr: 'Points', en: 'Points' }, cell: ({ points }) => numberText(view, points), number: true },
    ],
  });
}

function lacksText(view: View, { lacks }: NearWave): Html {
  if (lacks.length === 0) {
    return tag(view, { fr: 'Rien : elle convient à présent', en: 'Nothing: it fits by now' }, 'good');
  }
  return html`${lacks.map(({ text }, index) => html`${index === 0 ? nothing : html`<br>`}${view.t(text)}`)}`;
}

function nearestTable(view: View, { nearest }: PlacementFacts, { platform }: Place): Html {
  if (nearest.length === 0) {
    return html`<p>${view.t({ fr: 'Le calendrier n’a aucune vague à venir.', en: 'The calendar has no coming wave.' })}</p>`;
  }
  return table(view, {
    caption: {
      fr: 'Vagues les plus proches de convenir, et ce qui leur manque',
      en: 'Waves that fit best, and what each lacks',
    },
    rows: nearest,
    columns: [
      {
        name: { fr: 'Vague', en: 'Wave' },
        cell: ({ wave }) =>
          html`<a href="${view.href(`/waves/${wave.id}`)}">${dayText(view, wave.cutover)}, ${view.t(siteLabel(platform, wave.site))}</a>`,
      },
      { name: { fr: 'Ce qui lui manque', en: 'What it lacks' }, cell: (near) => lacksText(view, near) },
    ],
  });
}

function placementSection(view: View, facts: PlacementFacts, place: Place): Html {
  return html`<h2>${view.t({ fr: 'Taille et vagues possibles', en: 'Size and possible waves' })}</h2>
${sizeSummary(view, facts)}
${effortTable(view, facts)}
${nearestTable(view, facts, place)}`;
}

function dueCell(view: View, { task }: BlockingCondition, today: CalendarDate): Html | string {
  if (task === undefined) return noValue;
  const late = isOverdue(task, today) ? html` ${tag(view, overdueLabel, 'bad')}` : nothing;
  return html`${dayText(view, task.due)}${movedText(view, task)}${late}`;
}

function openConditionTable(view: View, { conditions }: GoNoGoFacts, { reference, today }: Place): Html {
  if (conditions.length === 0) {
    return html`<p>${view.t({ fr: 'Aucune condition bloquante n’est ouverte.', en: 'No blocking condition is open.' })}</p>`;
  }
  return table(view, {
    caption: { fr: 'Conditions bloquantes ouvertes', en: 'Open blocking conditions' },
    rows: conditions,
    columns: [
      {
        name: { fr: 'Condition', en: 'Condition' },
        cell: ({ code }) =>
          html`<a href="${view.href(`/operations/${reference}/conditions/${code}`)}">${view.t(conditionLife(code).label)}</a>`,
      },
      {
        name: { fr: 'Responsable', en: 'Responsible' },
        cell: ({ task }) => (task === undefined ? noValue : view.t(ownerLabels[task.owner])),
      },
      { name: { fr: 'Échéance', en: 'Due date' }, cell: (condition) => dueCell(view, condition, today) },
      {
        name: { fr: 'Effet sur le go', en: 'Effect on a go' },
        cell: ({ againstGo }) =>
          view.t(
            againstGo
              ? { fr: 'accord d’une seconde personne', en: 'takes a second person' }
              : { fr: 'n’empêche pas le go', en: 'does not prevent a go' },
          ),
      },
    ],
  });
}

function contactTable(view: View, { contacts }: GoNoGoFacts): Html {
  if (contacts.length === 0) return nothing;
  return table(view, {
    caption: { fr: 'Contacts du client', en: 'Contacts of the customer' },
    rows: contacts,
    columns: [
      { name: { fr: 'Rôle', en: 'Role' }, cell: ({ role }) => view.t(ownerLabels[role]) },
      { name: { fr: 'Nom', en: 'Name' }, cell: ({ name }) => html`<span class="data">${name}</span>` },
      {
        name: { fr: 'Adresse', en: 'Address' },
        cell: ({ email }) => html`<span class="data">${mailLink(email)}</span>`,
      },
    ],
  });
}

function mailboxText(view: View, { count, estimated }: GoNoGoFacts['mailboxesOver200GB']): Text {
  if (count === 0) {
    return {
      fr: 'Le client ne sait pas combien de boîtes aux lettres dépassent 200 Go : elles ne peuvent pas être migrées sans être allégées.',
      en: 'The customer does not know how many mailboxes exceed 200 GB: they cannot be migrated unless they are reduced.',
    };
  }
  const many = estimable(view, count, estimated);
  return count === 1
    ? {
        fr: '1 boîte aux lettres dépasse 200 Go : elle ne peut pas être migrée sans être allégée.',
        en: '1 mailbox exceeds 200 GB: it cannot be migrated unless it is reduced.',
      }
    : {
        fr: `${many} boîtes aux lettres dépassent 200 Go : elles ne peuvent pas être migrées sans être allégées.`,
        en: `${many} mailboxes exceed 200 GB: they cannot be migrated unless they are reduced.`,
      };
}

function applicationText(extent: string): Text {
  const { fr, en } = extentText(extent);
  return {
    fr: `Applications liées à l’annuaire (${fr}) : chacune est à enregistrer de nouveau.`,
    en: `Directory-connected applications (${en}): each has to be registered again.`,
  };
}

/** What is to be put right before the cutover, each with the page on which it is recorded as done. */
function remediationWarnings(
  view: View,
  { remediation, mailboxesOver200GB }: GoNoGoFacts,
  { reference }: Place,
): Html {
  return html`${remediation.map(({ task, extent }) => {
    const text =
      task === 'MAILBOXES_OVER_200_GB' ? mailboxText(view, mailboxesOver200GB) : applicationText(extent);
    return html`<p>${tag(view, { fr: 'Attention', en: 'Warning' }, 'warn')} ${view.t(text)} <a href="${view.href(`/operations/${reference}/remediation/${task}`)}">${view.t({ fr: 'Enregistrer comme faite', en: 'Record as done' })}<span class="unseen">${view.t({ fr: ' : ', en: ': ' })}${view.t(remediationLabels[task])}</span></a></p>`;
  })}`;
}

function contractLine(view: View, { contract: { recorded, againstGo } }: GoNoGoFacts): Html {
  if (recorded !== undefined) {
    const day = dayText(view, recorded.signedOn);
    return html`<p>${view.t({ fr: `Contrat enregistré : ${recorded.reference}, signé le ${day}.`, en: `Contract recorded: ${recorded.reference}, signed on ${day}.` })}</p>`;
  }
  if (!againstGo) return nothing;
  const text = {
    fr: 'Aucun contrat signé n’est enregistré. C’est à l’équipe commerciale de l’enregistrer ; sans lui, un go demande l’accord d’une seconde personne.',
    en: 'No signed contract is recorded. It is for sales to record it; without it, a go needs the agreement of a second person.',
  };
  return html`<p>${tag(view, { fr: 'Contrat manquant', en: 'Contract missing' }, 'bad')} ${view.t(text)}</p>`;
}

function goNoGoSection(view: View, facts: GoNoGoFacts, place: Place): Html {
  return html`<h2>${view.t({ fr: 'Avant la bascule', en: 'Before the cutover' })}</h2>
${remediationWarnings(view, facts, place)}
${contractLine(view, facts)}
${openConditionTable(view, facts, place)}
${contactTable(view, facts)}`;
}

/** What a placement review or a go/no-go is about; nothing for the other reviews. */
export function shownFacts(view: View, facts: ShownFacts | undefined, place: Place): Html {
  if (facts === undefined) return nothing;
  return facts.about === 'placement'
    ? placementSection(view, facts, place)
    : goNoGoSection(view, facts, place);
}
