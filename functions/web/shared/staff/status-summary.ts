import { formatSiren } from '../../../domain/input/identifiers.ts';
import { scopeLabel } from '../../../domain/intake/scope-names.ts';
import { contractMissing } from '../../../domain/onboarding/contract.ts';
import { openCorrection } from '../../../domain/onboarding/correction.ts';
import { expectedBy } from '../../../domain/onboarding/expected-by.ts';
import { enteredBy, letterText } from '../../../domain/onboarding/interviews.ts';
import { isInWorkflow, type Outcome } from '../../../domain/onboarding/lifecycle.ts';
import { reasonOf } from '../../../domain/onboarding/outcome-reasons.ts';
import type { Booking, OnboardingState } from '../../../domain/onboarding/state.ts';
import { whoseTurn } from '../../../domain/onboarding/whose-turn.ts';
import { formatLimit } from '../../../domain/paris-time.ts';
import type { PlatformConfiguration } from '../../../domain/platform-configuration.ts';
import type { Text } from '../../../domain/text.ts';
import { siteLabel } from '../../../domain/waves/wave.ts';
import { type Pair, summaryList, tag } from '../layout/components.ts';
import { daysText, dayText, instantText, momentText } from '../layout/dates.ts';
import { type Html, html, nothing } from '../layout/html.ts';
import { numberText } from '../layout/numbers.ts';
import { partyLabels, stageTag } from '../layout/stage-tag.ts';
import type { View } from '../layout/view.ts';
import { attentionTags } from './attention.ts';
import { bodyTypeChoices, choiceLabel, deadlineChoices } from './choices.ts';
import { sirensAsked } from './common-act-links.ts';
import type { File } from './file.ts';
import { daysInStage } from './onboarding-table.ts';
import { partRows } from './part-rows.ts';

export const outcomeLabels: Readonly<Record<Outcome, Text>> = {
  HANDED_OVER: { fr: 'Client en service', en: 'Customer in service' },
  NOT_ELIGIBLE: { fr: 'Non éligible', en: 'Not eligible' },
  DECLINED: { fr: 'Décliné par le client', en: 'Declined by the customer' },
  UNANSWERED: { fr: 'Sans réponse', en: 'Unanswered' },
  WITHDRAWN: { fr: 'Retiré', en: 'Withdrawn' },
};

export const bookingLabels: Readonly<Record<Booking['status'], Text>> = {
  OFFERED: { fr: 'proposée depuis la liste d’attente', en: 'offered from the waiting list' },
  HELD: { fr: 'réservée, à confirmer par le client', en: 'held, for the customer to confirm' },
  CONFIRMED: { fr: 'confirmée', en: 'confirmed' },
  TO_MOVE: { fr: 'à déplacer', en: 'to be moved' },
};

/** A row only if there is a value. */
function optional(key: Text, value: Html | string | undefined): readonly Pair[] {
  return value === undefined ? [] : [{ key, value }];
}

function stageText(view: View, { now }: File, platform: PlatformConfiguration, at: Date): Html {
  return html`${stageTag(view, now.state)}${attentionTags(view, now, { platform, at })}`;
}

function endText(view: View, { now: { state } }: File): string | undefined {
  const { outcome: end } = state;
  const outcome = state.stage === 'CLOSED' ? end : undefined;
  const reason = reasonOf(state);
  if (outcome === undefined && reason === undefined) return undefined;
  return [
    ...(outcome === undefined ? [] : [view.t(outcomeLabels[outcome])]),
    ...(reason === undefined ? [] : [view.t(reason)]),
  ].join(' – ');
}

function waveText(view: View, { now: { booking } }: File, platform: PlatformConfiguration) {
  if (booking === undefined) return undefined;
  const { cutover, site, status, wave, holdUntil } = booking;
  const name = `${dayText(view, cutover)}, ${view.t(siteLabel(platform, site))}`;
  const operator = view.viewer.kind === 'staff' && view.viewer.roles.includes('operator');
  const held =
    holdUntil === undefined
      ? ''
      : view.t({
          fr: `, réservée jusqu’au ${instantText(view, holdUntil)}`,
          en: `, held until ${instantText(view, holdUntil)}`,
        });
  return html`${operator ? html`<a href="${view.href(`/waves/${wave}`)}">${name}</a>` : name} – ${view.t(bookingLabels[status])}${held}`;
}

/** The contract that is recorded, or that it is missing where the cutover depends on it. */
function contractText(view: View, state: OnboardingState, platform: PlatformConfiguration) {
  const { contract } = state;
  if (contract !== undefined) {
    const { reference, signedOn, keptBy } = contract;
    const day = dayText(view, signedOn);
    return view.t({
      fr: `${reference}, signé le ${day}, conservé par : ${keptBy}`,
      en: `${reference}, signed on ${day}, kept by: ${keptBy}`,
    });
  }
  if (!isInWorkflow(state) || !contractMissing(platform, state)) return undefined;
  return view.t({
    fr: 'non enregistré : sans lui, un go demande l’accord d’une seconde personne',
    en: 'not recorded: without it, a go needs the agreement of a second person',
  });
}

function wishText(view: View, { intake }: File): string | undefined {
  const { earliestDate, latestDate, deadlineReason } = intake;
  const parts = [
    ...(earliestDate === undefined
      ? []
      : [`${view.t({ fr: 'pas avant le', en: 'not before' })} ${dayText(view, earliestDate)}`]),
    ...(latestDate === undefined
      ? []
      : [
          `${view.t({ fr: 'au plus tard le', en: 'by' })} ${dayText(view, latestDate)} (${view.t(choiceLabel(deadlineChoices, deadlineReason))})`,
        ]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

function sizeText(view: View, { intake }: File): string | undefined {
  const count = (value: number) => numberText(view, value);
  const { usersInScope: users, serversInScope: servers } = intake;
  const parts = [
    ...(users === undefined
      ? []
      : [view.t({ fr: `${count(users)} utilisateurs`, en: `${count(users)} users` })]),
    ...(servers === undefined
      ? []
      : [view.t({ fr: `${count(servers)} serveurs`, en: `${count(servers)} servers` })]),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What is known through ProConnect of those who answer, and whom the account owner is asked to accept. */
function proConnectRows(view: View, { events, now: { state } }: File): readonly Pair[] {
  const verified = events.findLast(
    ({ type, data }) => type === 'CUSTOMER_VERIFIED' && data?.['by'] === 'proconnect',
  );
  const asked = state.stage === 'CLOSED' ? [] : sirensAsked(state);
  return [
    ...optional(
      { fr: 'Vérifié par ProConnect', en: 'Verified by ProConnect' },
      verified === undefined ? undefined : instantText(view, verified.at),
    ),
    ...optional(
      { fr: 'Organisme à accepter', en: 'Organisation to accept' },
      asked.length === 0 ? undefined : asked.map((siren) => `SIREN ${formatSiren(siren)}`).join(', '),
    ),
  ];
}

/** The status of an onboarding: stage, who must act next, since when, due date, wave or the reason why there is none. */
export function statusSummary(view: View, file: File, platform: PlatformConfiguration, at: Date): Html {
  const { now, rank } = file;
  const { state, preparation } = now;
  const due = expectedBy(now);
  const correction = openCorrection(now, at);
  return summaryList(view, [
    { key: { fr: 'Étape', en: 'Stage' }, value: stageText(view, file, platform, at) },
    {
      key: { fr: 'Action attendue de', en: 'Next to act' },
      value: view.t(partyLabels[whoseTurn(state, file.now.wait)]),
    },
    {
      key: { fr: 'Depuis', en: 'Since' },
      value: `${instantText(view, state.stageSince)} (${view.t(daysText(daysInStage(state, at)))})`,
    },
    ...optional({ fr: 'Suivi par', en: 'Followed by' }, state.assigned?.name),
    ...optional({ fr: 'Échéance', en: 'Due date' }, due === undefined ? undefined : momentText(view, due)),
    ...optional(
      { fr: 'Correction ouverte par le client', en: 'Correction opened by the customer' },
      correction === undefined
        ? undefined
        : view.t({
            fr: formatLimit(correction.until, 'fr', undefined),
            en: formatLimit(correction.until, 'en', undefined),
          }),
    ),
    ...optional(
      { fr: 'Délai pour répondre en pause jusqu’au', en: 'Time to answer paused until' },
      state.talk === undefined ? undefined : dayText(view, state.talk.until),
    ),
    ...partRows(view, file),
    ...optional({ fr: 'Motif', en: 'Reason' }, endText(view, file)),
    ...optional({ fr: 'Vague', en: 'Wave' }, waveText(view, file, platform)),
    ...optional(
      { fr: 'Vague de préparation', en: 'Preparation wave' },
      preparation === undefined
        ? undefined
        : `${dayText(view, preparation.starts)}, ${view.t(siteLabel(platform, preparation.site))}`,
    ),
    ...optional({ fr: 'Contrat', en: 'Contract' }, contractText(view, state, platform)),
    ...proConnectRows(view, file),
    ...optional(
      { fr: 'Rang sur la liste d’attente', en: 'Position on the waiting list' },
      rank === undefined ? undefined : String(rank),
    ),
    ...optional({ fr: 'Entretiens', en: 'Interviews' }, interviewsText(view, file)),
    ...optional({ fr: 'Attestation', en: 'Attestation' }, letterLine(view, file)),
    ...optional(
      { fr: 'Surveillance renforcée jusqu’au', en: 'Hypercare until' },
      state.hypercareEnd === undefined ? undefined : dayText(view, state.hypercareEnd),
    ),
  ]);
}

/** Who has entered answers, with whom and when. */
function interviewsText(view: View, { interviews }: File): Html | undefined {
  if (interviews.length === 0) return undefined;
  return html`${interviews.map((interview, index) => html`${index === 0 ? nothing : html`<br>`}${view.t(enteredBy(interview))} (${interview.role}), ${dayText(view, interview.on)}`)}`;
}

/** The signed letter that attests the answers. */
function letterLine(view: View, { letter, interviews }: File): string | undefined {
  const interview = interviews.find(({ id }) => id === letter?.interview);
  if (letter === undefined || interview === undefined) return undefined;
  return view.t(letterText({ ...interview, ...letter }));
}

/** The label of a service; its code if the platform no longer offers it. */
export function serviceText(view: View, platform: PlatformConfiguration, code: string): string {
  const service = platform.services.find((known) => known.code === code);
  return service === undefined ? code : view.t(service.label);
}

/** The organisation, its contact and its requirements as entered at intake. */
export function organisation(view: View, file: File, platform: PlatformConfiguration): Html {
  const { intake, now } = file;
  const { reference, owner, team, mailBounced, linkRevoked } = now.state;
  const services = intake.services.map((code) => serviceText(view, platform, code));
  const bounced =
    mailBounced === true
      ? tag(view, { fr: 'courriel non remis', en: 'email not delivered' }, 'bad')
      : nothing;
  const revoked =
    linkRevoked === true
      ? tag(view, { fr: 'sans lien valide : renvoyez un lien', en: 'no valid link: resend the link' }, 'bad')
      : nothing;
  return summaryList(view, [
    { key: { fr: 'Référence', en: 'Reference' }, value: reference },
    { key: { fr: 'SIREN', en: 'SIREN' }, value: formatSiren(intake.siren) },
    ...optional(scopeLabel, now.state.scope),
    {
      key: { fr: 'Type d’organisme', en: 'Organisation type' },
      value: view.t(choiceLabel(bodyTypeChoices, intake.bodyType)),
    },
    {
      key: { fr: 'Contact', en: 'Contact' },
      value: html`${intake.contactName}<br>${intake.contactEmail} ${bounced} ${revoked}`,
    },
    {
      key: { fr: 'Langue', en: 'Language' },
      value:
        intake.language === 'fr'
          ? view.t({ fr: 'Français', en: 'French' })
          : view.t({ fr: 'Anglais', en: 'English' }),
    },
    { key: { fr: 'Services demandés', en: 'Requested services' }, value: services.join(', ') },
    ...optional({ fr: 'Taille déclarée', en: 'Declared size' }, sizeText(view, file)),
    ...optional({ fr: 'Dates souhaitées', en: 'Preferred dates' }, wishText(view, file)),
    ...optional({ fr: 'Groupe', en: 'Group' }, intake.group),
    ...optional({ fr: 'SIREN de l’entité de tête', en: 'Parent organisation’s SIREN' }, intake.parentSiren),
    {
      key: { fr: 'Responsable commercial', en: 'Account owner' },
      value: view.t({ fr: `${owner}, équipe ${team}`, en: `${owner}, team ${team}` }),
    },
  ]);
}
