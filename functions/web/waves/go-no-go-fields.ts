import type { BookedCustomer } from '../../application/booked-customers.ts';
import {
  type CustomerDecision,
  choicesFor,
  type GateChoice,
  gateChoices,
} from '../../application/decide-wave.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { waitingApproval } from '../../domain/onboarding/approvals.ts';
import { asProposedMove, isBeforeLeader, leaderFirst } from '../../domain/onboarding/group-moves.ts';
import type { Approval } from '../../domain/onboarding/state.ts';
import { goChangesOf, recordedGo } from '../../domain/onboarding/transitions/go-in-advance.ts';
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
const seenGoField = (reference: string) => `seenGo.${reference}`;
const seenField = (reference: string) => `seen.${reference}`;
const reasonFieldOf = (reference: string) => `reason.${reference}`;
export const reasonForAll: Text = { fr: 'Motif pour tous', en: 'Reason for all' };

function reasonFor(name: string): Text {
  return { fr: `Motif pour ${name}`, en: `Reason for ${name}` };
}

/** A *go* stands in the form where nothing is against it; every other decision is chosen. */
function proposed(choices: readonly GateChoice[]): GateChoice | typeof later {
  return choices.includes('go') ? 'go' : later;
}

/** What was chosen, while it is still possible: nothing else is chosen in its place. */
function shownChoice(given: string | undefined, choices: readonly GateChoice[]): GateChoice | typeof later {
  if (given === undefined) return proposed(choices);
  return choices.find((choice) => choice === given) ?? later;
}

/** Why nothing can be decided for a customer now. */
function whyNone({ snapshot, booking }: BookedCustomer, asked: Approval | undefined): Text {
  const { stage } = snapshot.state;
  if (booking.status === 'TO_MOVE') return { fr: 'Quitte cette vague.', en: 'Leaves this wave.' };
  if (booking.status !== 'CONFIRMED') {
    return { fr: 'Sa place n’est pas confirmée.', en: 'Its place is not confirmed.' };
  }
  if (asked?.kind === 'go') {
    return { fr: 'Une autre personne doit y répondre.', en: 'Another person has to answer it.' };
  }
  if (asked !== undefined) {
    return { fr: 'Répondez d’abord à ce déplacement.', en: 'Answer the move first.' };
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
  return html`<input type="hidden" name="${seenField(reference)}" value="${reviews}"><input type="hidden" name="${seenGoField(reference)}" value="${goChangesOf(customer.snapshot.state)}">
${select(view, {
  name: choiceField(reference),
  label: { fr: `Décision pour ${name}`, en: `Decision for ${name}` },
  choices: [...choices, later].map((value) => ({ value, label: choiceLabels[value] })),
  value: shownChoice(fields?.get(choiceField(reference)), choices),
  problem: problemOf(problems, choiceField(reference)),
})}
${textField(view, {
  name: reasonFieldOf(reference),
  label: reasonFor(name),
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

/** The *go*, or the move that its group makes necessary, that someone is asked to agree to. */
function askedOf({ snapshot }: BookedCustomer, at: Date): Approval | undefined {
  const approval = waitingApproval(snapshot, at);
  return approval?.kind === 'go' ? approval : asProposedMove(approval);
}

function askedText({ kind }: Approval): Text {
  return kind === 'go'
    ? { fr: 'Un go attend l’accord d’une seconde personne.', en: 'A go waits for a second person.' }
    : {
        fr: 'Son déplacement attend l’accord de l’exploitation.',
        en: 'Its move waits for operations to agree.',
      };
}

/** A customer of the wave: where it stands, what is open, and the decision. */
export function customerSection(
  view: View,
  row: Row,
  { fields, problems, at }: { fields: FormFields | undefined; problems: readonly Problem[]; at: Date },
): Html {
  const { customer, choices } = row;
  const { snapshot } = customer;
  const { state } = snapshot;
  const recorded =
    recordedGo(snapshot) === undefined
      ? nothing
      : html` ${view.t({ fr: 'Go enregistré à l’avance.', en: 'Go recorded in advance.' })}`;
  const asked = askedOf(customer, at);
  const none = choices.length === 0;
  const before = isBeforeLeader(snapshot, at) && (asked !== undefined || !none);
  const open = openMattersList(view, customer, calendarDateOf(at));
  return html`<section class="question"><h2><a href="${view.href(`/operations/${state.reference}`)}">${organisationName(state)}</a> <span class="code">${state.reference}</span></h2>
<p>${stageTag(view, state)}${recorded}${asked === undefined ? nothing : html` ${view.t(askedText(asked))}`}</p>
${open ?? html`<p>${view.t({ fr: 'Rien ne reste à régler.', en: 'Nothing is left to settle.' })}</p>`}
${before ? html`<p>${view.t(leaderFirst(state))}</p>` : nothing}${none ? html`<p class="soft" id="${fieldId(choiceField(state.reference))}">${view.t(whyNone(customer, asked))}</p>` : decisionFields(view, row, fields, problems)}</section>`;
}

/** What the form says about one customer; undefined when nothing is to be decided. */
function readChoice(
  fields: FormFields,
  reference: string,
  name: string,
): { readonly decision: CustomerDecision } | { readonly problems: readonly Problem[] } | undefined {
  const given = fields.get(choiceField(reference));
  const choice = gateChoices.find((known) => known === given);
  if (choice === undefined) return undefined;
  const field = reasonFieldOf(reference);
  const reason =
    (fields.get(field) ?? '') === ''
      ? readReason(fields, 'reason', reasonForAll)
      : readReason(fields, field, reasonFor(name));
  if ('problems' in reason) return reason;
  const numberIn = (hidden: string) => Number(fields.get(hidden) ?? Number.NaN);
  const [seen, seenGo] = [numberIn(seenField(reference)), numberIn(seenGoField(reference))];
  return { decision: { reference, choice, reason: reason.value, seen, seenGo } };
}

export type ReadDecisions =
  | { readonly decisions: readonly CustomerDecision[] }
  | { readonly problems: readonly Problem[] };

/** The decisions in the form, as they were shown: whether each is still possible is seen when it is carried out. */
export function readDecisions(fields: FormFields, rows: readonly Row[]): ReadDecisions {
  const names = namesOf(rows);
  const references = fields.names().flatMap((field) => /^choice\.(.+)$/.exec(field)?.[1] ?? []);
  const read = references.flatMap(
    (reference) => readChoice(fields, reference, names.get(reference) ?? reference) ?? [],
  );
  const problems = read.flatMap((each) => ('problems' in each ? each.problems : []));
  if (problems.length > 0) {
    // The reason for all is missing once, for however many.
    return { problems: [...new Map(problems.map((problem) => [problem.field, problem])).values()] };
  }
  const decisions = read.flatMap((each) => ('decision' in each ? [each.decision] : []));
  return decisions.length === 0 ? { problems: [nothingDecided(rows)] } : { decisions };
}

/** The decisions that are not possible by now, before they are shown to be confirmed. */
export function impossibleDecisions(
  decisions: readonly CustomerDecision[],
  rows: readonly Row[],
): readonly Problem[] {
  return decisions.flatMap(({ reference, choice }) => {
    const row = rows.find(({ customer }) => customer.snapshot.state.reference === reference);
    return row?.choices.includes(choice) === true
      ? []
      : [refusedProblem(reference, namesOf(rows).get(reference) ?? reference, notPossible)];
  });
}

/** The name of each customer, by reference. */
export function namesOf(rows: readonly Row[]): ReadonlyMap<string, string> {
  return new Map(
    rows.map(({ customer: { snapshot } }) => [snapshot.state.reference, organisationName(snapshot.state)]),
  );
}

const notPossible: Text = {
  fr: 'cette décision n’est plus possible. Voyez où en est ce client, puis choisissez de nouveau.',
  en: 'this decision is no longer possible. See where this customer stands, then choose again.',
};

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
