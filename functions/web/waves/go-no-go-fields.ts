import type { BookedCustomer } from '../../application/booked-customers.ts';
import { type CustomerDecision, choicesFor, type GateChoice } from '../../application/decide-wave.ts';
import type { CalendarDate } from '../../domain/calendar-date.ts';
import type { ReadParagraph } from '../../domain/input/paragraph.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { recordedGo } from '../../domain/onboarding/transitions/go-in-advance.ts';
import type { Text } from '../../domain/text.ts';
import type { FormFields } from '../shared/http/form-fields.ts';
import { fieldId, type Problem, problemOf } from '../shared/layout/error-summary.ts';
import { select, textField } from '../shared/layout/fields.ts';
import { type Html, html, nothing } from '../shared/layout/html.ts';
import { stageTag } from '../shared/layout/stage-tag.ts';
import type { View } from '../shared/layout/view.ts';
import { readReason } from '../shared/staff/reason.ts';
import { openMattersList } from './open-matters.ts';

/** Nothing is decided for a customer now. */
const later = 'later' as const;

export const choiceLabels: Readonly<Record<GateChoice | typeof later, Text>> = {
  go: { fr: 'Go', en: 'Go' },
  ask_go: { fr: 'Go, à faire accepter par une seconde personne', en: 'Go, for a second person to agree to' },
  no_go: { fr: 'No-go', en: 'No-go' },
  take_back: { fr: 'Retirer le go enregistré', en: 'Take the recorded go back' },
  later: { fr: 'Ne rien décider maintenant', en: 'Decide nothing now' },
};

const choiceField = (reference: string) => `choice.${reference}`;
const seenField = (reference: string) => `seen.${reference}`;
const reasonFieldOf = (reference: string) => `reason.${reference}`;
export const reasonForAll: Text = { fr: 'Motif pour tous', en: 'Reason for all' };
const ownReason: Text = { fr: 'Motif propre à ce client', en: 'Reason for this customer' };

/** A *go* stands in the form where nothing is against it; every other decision is chosen. */
function proposed(choices: readonly GateChoice[]): GateChoice | typeof later {
  return choices.includes('go') ? 'go' : later;
}

/** Why nothing can be decided for a customer now. */
function whyNone({ snapshot, booking }: BookedCustomer): Text {
  const { stage } = snapshot.state;
  if (booking.status === 'TO_MOVE') return { fr: 'Quitte cette vague.', en: 'Leaves this wave.' };
  if (booking.status !== 'CONFIRMED') {
    return { fr: 'Sa place n’est pas confirmée.', en: 'Its place is not confirmed.' };
  }
  if (stage === 'WAVE_CONFIRMED') return { fr: 'Décision pas encore ouverte.', en: 'Decision not open yet.' };
  if (stage === 'GO_NO_GO') return { fr: 'Décision prise.', en: 'Decided.' };
  if (stage === 'IN_REVIEW') {
    return { fr: 'Une revue est à décider d’abord.', en: 'A review has to be decided first.' };
  }
  return { fr: 'Rien à décider à cette étape.', en: 'Nothing to decide at this stage.' };
}

function decisionFields(
  view: View,
  { customer, choices }: Row,
  fields: FormFields | undefined,
  problems: readonly Problem[],
): Html {
  const { reference, reviews } = customer.snapshot.state;
  const name = organisationName(customer.snapshot.state);
  return html`<input type="hidden" name="${seenField(reference)}" value="${reviews}">
${select(view, {
  name: choiceField(reference),
  label: { fr: `Décision pour ${name}`, en: `Decision for ${name}` },
  choices: [...choices, later].map((value) => ({ value, label: choiceLabels[value] })),
  value: fields?.get(choiceField(reference)) ?? proposed(choices),
  problem: problemOf(problems, choiceField(reference)),
})}
${textField(view, {
  name: reasonFieldOf(reference),
  label: ownReason,
  hint: { fr: 'S’il diffère du motif donné pour tous', en: 'If it differs from the reason given for all' },
  optional: true,
  value: fields?.get(reasonFieldOf(reference)) ?? '',
  problem: problemOf(problems, reasonFieldOf(reference)),
})}`;
}

/** A customer with what may be decided about it. */
export interface Row {
  readonly customer: BookedCustomer;
  readonly choices: readonly GateChoice[];
}

export function rowsOf(customers: readonly BookedCustomer[], at: Date): readonly Row[] {
  return customers.map((customer) => ({ customer, choices: choicesFor(customer, at) }));
}

/** A customer of the wave: where it stands, what is open, and the decision. */
export function customerSection(
  view: View,
  row: Row,
  {
    fields,
    problems,
    today,
  }: { fields: FormFields | undefined; problems: readonly Problem[]; today: CalendarDate },
): Html {
  const { customer, choices } = row;
  const { snapshot } = customer;
  const { state } = snapshot;
  const recorded =
    recordedGo(snapshot) === undefined
      ? nothing
      : html` ${view.t({ fr: 'Go enregistré à l’avance.', en: 'Go recorded in advance.' })}`;
  const asked =
    snapshot.approval?.status === 'waiting'
      ? html` ${view.t({ fr: 'Un go attend l’accord d’une seconde personne.', en: 'A go waits for a second person.' })}`
      : nothing;
  const open = openMattersList(view, customer, today);
  return html`<section class="question"><h2><a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a> <span class="code">${state.reference}</span></h2>
<p>${stageTag(view, state)}${recorded}${asked}</p>
${open ?? html`<p>${view.t({ fr: 'Rien ne reste à régler.', en: 'Nothing is left to settle.' })}</p>`}
${choices.length === 0 ? html`<p class="soft" id="${fieldId(choiceField(state.reference))}">${view.t(whyNone(customer))}</p>` : decisionFields(view, row, fields, problems)}</section>`;
}

/** What the form says about one customer; undefined when nothing is to be decided. */
function readRow(
  fields: FormFields,
  { customer, choices }: Row,
  forAll: ReadParagraph,
): { readonly decision: CustomerDecision } | { readonly problems: readonly Problem[] } | undefined {
  const { reference } = customer.snapshot.state;
  const given = fields.get(choiceField(reference));
  if (given === undefined || given === later) return undefined;
  const choice = choices.find((possible) => possible === given);
  if (choice === undefined) {
    return { problems: [{ field: choiceField(reference), message: notPossible(customer) }] };
  }
  const name = reasonFieldOf(reference);
  const reason = (fields.get(name) ?? '') === '' ? forAll : readReason(fields, name, ownReason);
  if ('problems' in reason) return reason;
  const seen = Number(fields.get(seenField(reference)) ?? Number.NaN);
  return { decision: { reference, choice, reason: reason.value, seen } };
}

/** The decisions in the form: those of customers of whom something is decided. */
export function readDecisions(
  fields: FormFields,
  rows: readonly Row[],
): { readonly decisions: readonly CustomerDecision[] } | { readonly problems: readonly Problem[] } {
  const forAll = readReason(fields, 'reason', reasonForAll);
  const read = rows.flatMap((row) => readRow(fields, row, forAll) ?? []);
  const problems = read.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) {
    // The reason for all is missing once, for however many.
    return { problems: [...new Map(problems.map((problem) => [problem.field, problem])).values()] };
  }
  const decisions = read.flatMap((each) => ('decision' in each ? [each.decision] : []));
  return decisions.length === 0 ? { problems: [nothingDecided(rows)] } : { decisions };
}

function notPossible({ snapshot: { state } }: BookedCustomer): Text {
  const name = organisationName(state);
  return {
    fr: `${name} : cette décision n’est plus possible. Voyez où en est ce client, puis choisissez de nouveau.`,
    en: `${name}: this decision is no longer possible. See where this customer stands, then choose again.`,
  };
}

function nothingDecided(rows: readonly Row[]): Problem {
  const first = rows.find(({ choices }) => choices.length > 0)?.customer.snapshot.state.reference ?? '';
  return {
    field: choiceField(first),
    message: {
      fr: 'Rien n’est décidé : choisissez une décision pour un client au moins.',
      en: 'Nothing is decided: choose a decision for at least one customer.',
    },
  };
}

/** A refused decision, at the field of its customer. */
export function refusedProblem(reference: string, name: string, { fr, en }: Text): Problem {
  return { field: choiceField(reference), message: { fr: `${name} : ${fr}`, en: `${name}: ${en}` } };
}
