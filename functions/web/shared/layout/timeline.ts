import { isCalendarDate } from '../../../domain/calendar-date.ts';
import { formatSiren } from '../../../domain/input/identifiers.ts';
import type { Actor } from '../../../domain/onboarding/actor.ts';
import type { RecordedEvent } from '../../../domain/onboarding/audit-chain.ts';
import { identityProofTexts } from '../../../domain/onboarding/customer-identity.ts';
import { labelOfEvent } from '../../../domain/onboarding/events.ts';
import type { CutoverResult } from '../../../domain/onboarding/lifecycle.ts';
import type { Text } from '../../../domain/text.ts';
import { dayText, instantText } from './dates.ts';
import { type Html, html, nothing } from './html.ts';
import type { View } from './view.ts';

type Audience = 'customer' | 'staff';

const actors: Readonly<Record<Audience, Readonly<Record<Actor['kind'], Text>>>> = {
  customer: {
    customer: { fr: 'Votre organisme', en: 'Your organisation' },
    sales: { fr: 'L’équipe commerciale', en: 'Sales' },
    operator: { fr: 'L’exploitation', en: 'Operations' },
    machine: { fr: 'Un système autorisé', en: 'An authorised system' },
    system: { fr: 'La plateforme', en: 'The platform' },
  },
  staff: {
    customer: { fr: 'Le client', en: 'The customer' },
    sales: { fr: 'L’équipe commerciale', en: 'Sales' },
    operator: { fr: 'L’exploitation', en: 'Operations' },
    machine: { fr: 'Un système autorisé', en: 'An authorised system' },
    system: { fr: 'La plateforme', en: 'The platform' },
  },
};

/** The label of an event; an event that is not in the catalogue shows its code to staff. */
export function eventText({ type }: Pick<RecordedEvent, 'type'>): Text {
  return labelOfEvent(type)?.label ?? { fr: type, en: type };
}

/** Reasons that the platform gives, by code; people write theirs. */
const ownReasons: Readonly<Record<string, Text>> = {
  ASKED_ON_PUBLIC_PAGE: {
    fr: 'Demandé à l’adresse du destinataire, sur la page publique.',
    en: 'Asked for with the recipient’s address, on the public page.',
  },
  SILENCE: {
    fr: 'Aucune décision de notre part à 18 h (heure de Paris), dernière heure pour décider : la réponse est « no-go ».',
    en: 'We took no decision by 18:00 (Paris time), the last hour for it: the answer is no-go.',
  },
  RECORDED_IN_ADVANCE: {
    fr: 'Décision enregistrée à l’avance, appliquée à l’ouverture.',
    en: 'Decision recorded in advance, applied at the opening.',
  },
  REVIEW_OPEN: {
    fr: 'La revue du dossier n’était pas terminée à 18 h (heure de Paris), dernière heure pour décider : la réponse est « no-go ».',
    en: 'The review of the onboarding was not over at 18:00 (Paris time), the last hour to decide: the answer is no-go.',
  },
  ANSWERS_AWAITED: {
    fr: 'Les réponses demandées de nouveau manquaient à 18 h (heure de Paris), dernière heure pour décider : la réponse est « no-go ».',
    en: 'The answers asked for again were missing at 18:00 (Paris time), the last hour to decide: the answer is no-go.',
  },
};

export function reasonText(why: string): Text {
  const own = Object.hasOwn(ownReasons, why) ? ownReasons[why] : undefined;
  return own ?? { fr: why, en: why };
}

function shownTo(audience: Audience, { type }: RecordedEvent): boolean {
  return audience === 'staff' || labelOfEvent(type)?.staffOnly === false;
}

const goNoGo: Readonly<Record<string, Text>> = {
  go: { fr: 'la bascule a lieu', en: 'the cutover takes place' },
  no_go: { fr: 'la bascule n’a pas lieu', en: 'the cutover does not take place' },
};

const cutoverResults: Readonly<Record<CutoverResult, Text>> = {
  done: { fr: 'faite', en: 'done' },
  rolled_back: { fr: 'annulée, retour arrière', en: 'rolled back' },
  postponed: { fr: 'reportée', en: 'postponed' },
};

/** What was decided, how the cutover went, or by what someone was verified. */
function saidBy({ decision, result, by }: Readonly<Record<string, unknown>>): Text | undefined {
  if (typeof decision === 'string') return goNoGo[decision];
  const proof = Object.entries(identityProofTexts).find(([code]) => code === by);
  if (proof !== undefined) return proof[1];
  const cutover = Object.entries(cutoverResults).find(([code]) => code === result);
  return cutover?.[1];
}

/** Which other organisation someone has presented with ProConnect; every other event is about the customer itself. */
function organisationOf({ type, data = {} }: RecordedEvent): string | undefined {
  const { siren } = data;
  return type.startsWith('ORGANISATION_') && typeof siren === 'string'
    ? `SIREN ${formatSiren(siren)}`
    : undefined;
}

/** The dates of an event, what was decided, and of whom. */
function detailsOf(view: View, event: RecordedEvent): string {
  const { data = {} } = event;
  const details = [
    { value: data['cutover'], name: { fr: 'bascule le', en: 'cutover on' } },
    { value: data['starts'], name: { fr: 'début le', en: 'starts on' } },
    { value: data['hypercareEnd'], name: { fr: 'jusqu’au', en: 'until' } },
  ].flatMap(({ value, name }) =>
    typeof value === 'string' && isCalendarDate(value) ? [`${view.t(name)} ${dayText(view, value)}`] : [],
  );
  const said = saidBy(data);
  if (said !== undefined) details.unshift(view.t(said));
  const organisation = organisationOf(event);
  if (organisation !== undefined) details.unshift(organisation);
  return details.length === 0 ? '' : ` (${details.join(', ')})`;
}

/**
 * The history of an onboarding, newest first. Customers see what concerns them, and never the reasons that staff typed;
 * staff see every event.
 */
export function timeline(view: View, events: readonly RecordedEvent[], audience: Audience): Html {
  const shown = events.filter((event) => shownTo(audience, event)).toReversed();
  return html`<ol class="timeline" reversed>${shown.map((event) => {
    const why =
      audience === 'staff' && event.reason !== undefined
        ? html`<br>${view.t(reasonText(event.reason))}`
        : nothing;
    return html`<li><time class="soft" datetime="${event.at}">${instantText(view, event.at)}</time><br>${view.t(eventText(event))}${detailsOf(view, event)} – <span class="soft">${view.t(actors[audience][event.actor.kind])}</span>${why}</li>`;
  })}</ol>`;
}
