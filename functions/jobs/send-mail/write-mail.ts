import type { Reading } from '../../application/reading.ts';
import { calendarDateOf } from '../../domain/calendar-date.ts';
import { isLeftToSales, leftToCustomer } from '../../domain/classification/conditions.ts';
import { type ConditionCode, isConditionCode } from '../../domain/classification/outcomes.ts';
import { organisationName } from '../../domain/intake/scope-names.ts';
import { choiceRefusal } from '../../domain/onboarding/another-date.ts';
import { awaitsNewAnswers } from '../../domain/onboarding/asked-again.ts';
import { contractMissing } from '../../domain/onboarding/contract.ts';
import { openCorrection } from '../../domain/onboarding/correction.ts';
import { reviewDays } from '../../domain/onboarding/durations.ts';
import { erasureRefusalLabels } from '../../domain/onboarding/erasure-request.ts';
import { expectedBy } from '../../domain/onboarding/expected-by.ts';
import { failureTexts } from '../../domain/onboarding/failure-texts.ts';
import { failureOf } from '../../domain/onboarding/failures.ts';
import { proposedMove } from '../../domain/onboarding/group-moves.ts';
import { codeRefusal } from '../../domain/onboarding/identity-code.ts';
import { lifecycle } from '../../domain/onboarding/lifecycle.ts';
import { lostPlaceReasons } from '../../domain/onboarding/lost-place.ts';
import { mayMoveText } from '../../domain/onboarding/may-move.ts';
import {
  type LostPlace,
  type MailTemplate,
  type Message,
  reminderMails,
} from '../../domain/onboarding/messages.ts';
import { reasonOf } from '../../domain/onboarding/outcome-reasons.ts';
import { placeToAnswer } from '../../domain/onboarding/place-due.ts';
import { wholeOf } from '../../domain/onboarding/reference.ts';
import { replyAddress } from '../../domain/onboarding/reply-address.ts';
import { afterIncident, silenceEndOf } from '../../domain/onboarding/silence.ts';
import type { Booking, OnboardingState, Run, Snapshot } from '../../domain/onboarding/state.ts';
import { isDecided } from '../../domain/onboarding/waits.ts';
import type { PlatformConfiguration } from '../../domain/platform-configuration.ts';
import { askedInWords } from '../../domain/questionnaire/asked-questions.ts';
import { formatNumber, type Language } from '../../domain/text.ts';
import { goNoGoDay, waveLabel } from '../../domain/waves/wave.ts';
import { workingDaysBetween } from '../../domain/working-days.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Links } from '../../platform/links.ts';
import type { Mail } from '../../platform/mail.ts';
import { conditionsOfMail } from './conditions-of-mail.ts';
import type { MailCondition, Standstill } from './mails/mail-context.ts';
import { composeMail, type MailContext } from './mails.ts';
import { isPartAwaited, ownConditions, personOfMail } from './person-mail.ts';

export interface MailSettings {
  /** Public origin of the pages, without a final slash. */
  readonly publicUrl: string;
  /** Mail address of the operators. */
  readonly operators: string;
  /** Mail address of the people on call. */
  readonly onCall: string;
}

interface Dependencies {
  readonly clock: Clock;
  readonly links: Links;
  readonly platform: PlatformConfiguration;
  readonly mail: MailSettings;
}

/** Language of mails to staff: that of the operator's company. */
const staffLanguage: Language = 'fr';

function waveOf({ booking, preparation }: Snapshot, platform: PlatformConfiguration, language: Language) {
  if (booking !== undefined) return waveLabel({ kind: 'MIGRATION', ...booking }, platform)[language];
  if (preparation === undefined) return undefined;
  const { site, starts } = preparation;
  return waveLabel({ kind: 'PREPARATION', site, cutover: starts }, platform)[language];
}

/** Mails that say by when the onboarding is closed without an answer. */
const untilTheEnd: ReadonlySet<MailTemplate> = new Set(['last_notice', 'talk_ended']);

/** A place is held to the minute, as the status page says; a reminder is due on a day. */
function answerBy(template: MailTemplate, now: Snapshot): string | undefined {
  const { booking, wait, state } = now;
  // What is asked again has one limit, on the page and in every mail; so has the end that the last notice announces.
  if (untilTheEnd.has(template) || awaitsNewAnswers(state)) return expectedBy(now);
  if (booking?.holdUntil !== undefined) return booking.holdUntil;
  if (wait?.until === undefined || wait.decision !== undefined) return undefined;
  return calendarDateOf(new Date(wait.until));
}

/** Mails to the operator who owns the gate of the wave; to the shared address where no one does. */
const ofGate: ReadonlySet<MailTemplate> = new Set(['review_go_no_go_due', 'review_blocks_go']);

/** Mails to staff that say by when to act. */
const staffLimits: ReadonlySet<MailTemplate> = new Set([
  'review_requested',
  'review_go_no_go_due',
  'review_blocks_go',
  'owner_talk_asked',
]);

/** A first request has the limit that the page shows; what staff are reminded of is due at once. */
function staffBy(template: MailTemplate, now: Snapshot): string | undefined {
  if (template === 'review_approval_requested') return now.approval?.until;
  if (template === 'review_erasure_requested') return now.erasureRequest?.until;
  return staffLimits.has(template) ? expectedBy(now) : undefined;
}

/** The place that a mail is about when the customer has lost it, and what it has instead. */
function lossOf(
  { state, booking }: Snapshot,
  lost: LostPlace | undefined,
  platform: PlatformConfiguration,
  language: Language,
): Pick<MailContext, 'lost' | 'instead' | 'afterIncident'> {
  if (lost === undefined) return {};
  const { by, site, cutover } = lost;
  const held = booking?.status === 'HELD' && state.stage === 'WAVE_HELD';
  const listed = state.stage === 'WAITING_LIST' && booking === undefined;
  const left = state.reviewKind === 'placement' ? 'reviewed' : listed ? 'listed' : undefined;
  const instead = held ? 'held' : left;
  return {
    lost: { by, wave: waveLabel({ kind: 'MIGRATION', site, cutover }, platform)[language] },
    ...(instead === undefined ? {} : { instead }),
    ...(state.run.status === 'failed' ? { afterIncident: afterIncident(state) } : {}),
  };
}

function withLimit(answerBy: string | undefined): Pick<MailContext, 'answerBy'> {
  return answerBy === undefined ? {} : { answerBy };
}

/** What keeps an onboarding from going on as planned, from where it is when the mail is written. */
function standstillOf({ state, wait }: Snapshot): Standstill {
  const { wait: kind } = lifecycle[state.stage];
  if (kind === 'answers') return 'answers';
  if (kind === 'reassessment') return 'preparation';
  const isToDecide = kind === 'review' || (state.stage === 'GO_NO_GO' && !isDecided(state, wait));
  return state.priority === true && !isToDecide ? 'place' : 'decision';
}

const goNoGoOf: Readonly<Record<string, 'go' | 'no_go'>> = { GO: 'go', NO_GO: 'no_go' };

function isPlaceKept({ state, booking }: Snapshot): boolean {
  return state.stage === 'IN_REVIEW' && booking !== undefined && booking.status !== 'TO_MOVE';
}

/** The place before the one that the customer has. */
function placeBefore(
  booking: Booking | undefined,
  platform: PlatformConfiguration,
  language: Language,
): Pick<MailContext, 'movedFrom'> {
  if (booking?.movedFrom === undefined) return {};
  const { site, cutover, asked = false, by, reason } = booking.movedFrom;
  return {
    movedFrom: {
      wave: waveLabel({ kind: 'MIGRATION', site, cutover }, platform)[language],
      reason,
      cause: by === undefined ? undefined : lostPlaceReasons[by][language],
      asked,
      sameDay: cutover === booking.cutover,
    },
  };
}

/** The part that a mail is about, or those that an onboarding was split into. */
function partsOfMail(
  { part, scope, split }: OnboardingState,
  language: Language,
): Pick<MailContext, 'part' | 'parts'> {
  const users = (count: number) => ({ users: formatNumber(count, language) });
  return {
    ...(part === undefined
      ? {}
      : { part: { number: part.number, of: part.of, scope: scope ?? '', ...users(part.users) } }),
    ...(split === undefined
      ? {}
      : { parts: split.parts.map((each) => ({ scope: each.scope, ...users(each.users) })) }),
  };
}

/** The facts that mails to customers and to staff share. */
function commonContext(
  now: Snapshot,
  { platform, clock }: Pick<Dependencies, 'platform' | 'clock'>,
  language: Language,
): MailContext {
  const { state, wait, booking } = now;
  const wave = waveOf(now, platform, language);
  const reason = reasonOf(state)?.[language];
  const reviewKind = state.stage === 'GO_NO_GO' ? 'go_no_go' : state.reviewKind;
  const asked = askedInWords(state).map((words) => words[language]);
  const decided = wait?.kind === 'go_no_go' ? goNoGoOf[wait.decision ?? ''] : undefined;
  return {
    language,
    platform: platform.name,
    organisation: organisationName(state),
    reference: state.reference,
    ...(state.territory === undefined ? {} : { territory: state.territory }),
    stage: lifecycle[state.stage].label[language],
    ...partsOfMail(state, language),
    ...(wave === undefined ? {} : { wave }),
    ...(booking === undefined ? {} : { goNoGoDay: goNoGoDay(booking.cutover) }),
    ...(contractMissing(platform, state) ? { contractMissing: true } : {}),
    ...(reviewKind === undefined ? {} : { reviewKind }),
    ...moveAskedOf(now),
    ...mayMoveOf(now, language, clock.now()),
    ...(isPlaceKept(now) ? { placeKept: true } : {}),
    ...failureOfRun(state.run, language),
    ...(decided === undefined ? {} : { goNoGo: decided }),
    ...(state.outcome === undefined ? {} : { outcome: state.outcome }),
    ...(state.cause === 'REFUSAL_CONFIRMED' ? { confirmedRefusal: true } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(awaitsNewAnswers(state) ? { asked } : {}),
    ...placeBefore(booking, platform, language),
    ...(state.talk === undefined ? {} : { pausedUntil: calendarDateOf(new Date(state.talk.until)) }),
  };
}

/** That a run has failed, and of what, for those who repair it. */
function failureOfRun(run: Run, language: Language): Pick<MailContext, 'failed' | 'failure'> {
  const failure = failureOf(run);
  if (failure === undefined) return {};
  const { means, next } = failureTexts[failure];
  return { failed: true, failure: `${means[language]} ${next[language]}` };
}

/** The move that waits for an operator to agree. */
function moveAskedOf({ approval }: Snapshot): Pick<MailContext, 'moveAsked'> {
  if (approval?.kind !== 'move' || approval.status !== 'waiting') return {};
  return { moveAsked: approval.group === undefined ? 'one' : 'group' };
}

/** That the date may change for the order of its group. */
function mayMoveOf(now: Snapshot, language: Language, at: Date): Pick<MailContext, 'mayMove'> {
  const proposed = proposedMove(now, at);
  return proposed === undefined ? {} : { mayMove: mayMoveText(proposed, now.state.territory)[language] };
}

/** What the customer is to do now, besides its conditions. */
function awaitedOf(now: Snapshot, at: Date): Pick<MailContext, 'awaited' | 'noOtherDate'> {
  const refused = choiceRefusal(now, calendarDateOf(at)) !== undefined;
  const choice = refused ? ({ noOtherDate: true } as const) : {};
  if (placeToAnswer(now, at) !== undefined) return { awaited: 'place', ...choice };
  if (now.state.stage === 'WAVE_CONFIRMED') return choice;
  const { wait } = lifecycle[now.state.stage];
  return wait === 'answers' || wait === 'reassessment' ? { awaited: wait } : {};
}

function correctUntil(now: Snapshot, at: Date): Pick<MailContext, 'correctUntil'> {
  const correction = openCorrection(now, at);
  return correction === undefined ? {} : { correctUntil: correction.until };
}

const waitOfReminder: Readonly<Partial<Record<MailTemplate, MailContext['awaited']>>> = {
  reminder: 'answers',
  last_notice: 'answers',
  talk_ended: 'answers',
  reassessment_reminder: 'reassessment',
  place_reminder: 'place',
};

/** Why what a customer has asked for is refused, for the mail that says so. */
function refusalOf(
  template: MailTemplate,
  { erasureRequest }: Snapshot,
  language: Language,
): Pick<MailContext, 'reason'> {
  const refusedFor = template === 'erasure_refused' ? erasureRequest?.refusedFor : undefined;
  return refusedFor === undefined ? {} : { reason: erasureRefusalLabels[refusedFor][language] };
}

/** A request for erasure was decided, or made again, before the mail about it left. */
function isErasureSettled(template: MailTemplate, { state, erasureRequest }: Snapshot): boolean {
  const expected = template === 'erasure_refused' ? 'refused' : 'waiting';
  return state.erasure !== undefined || erasureRequest?.status !== expected;
}

/** The run goes on again, and no review has waited for its days: someone has acted since. */
function needsNoOperator({ stage, stageSince, reviewKind, run }: OnboardingState, at: Date): boolean {
  if (run.status === 'failed') return false;
  if (stage !== 'GO_NO_GO' && reviewKind === undefined) return true;
  const since = calendarDateOf(new Date(stageSince));
  return workingDaysBetween(since, calendarDateOf(at)) < reviewDays.decision;
}

/** What a reminder is about was done before it left, or its date is past: no one is asked for it. */
function isOutdated(template: MailTemplate, now: Snapshot, at: Date): boolean {
  if (template === 'review_erasure_requested' || template === 'erasure_refused') {
    return isErasureSettled(template, now);
  }
  if (template === 'correction_reminder') return openCorrection(now, at) === undefined;
  if (template === 'review_overdue') return needsNoOperator(now.state, at);
  const isPaused = now.state.talk !== undefined;
  if (template === 'owner_talk_asked' || template === 'talk_asked') return !isPaused;
  const about = waitOfReminder[template];
  if (about === undefined) return false;
  const paused = about === 'answers' && isPaused;
  return paused || awaitedOf(now, at).awaited !== about || isDecided(now.state, now.wait);
}

/** Mails about a place say what its go/no-go still depends on, reminders what else awaits the customer. */
const ofPlaces: ReadonlySet<MailTemplate> = new Set([
  'waiting_list',
  'wave_offer',
  'wave_held',
  'wave_confirmed',
  'wave_moved',
  'cutover_failed',
  'reminder',
  'last_notice',
  'reassessment_reminder',
  'place_reminder',
  'correction_reminder',
]);

function hasConditions({ conditions = [] }: OnboardingState): boolean {
  return conditions.length > 0;
}

/** What the go/no-go of a booked place still awaits from sales, by code. */
function ofSales(template: MailTemplate, { conditions = [] }: OnboardingState): readonly ConditionCode[] {
  return template === 'owner_booked' ? conditions.filter(isConditionCode).filter(isLeftToSales) : [];
}

/** A condition was cleared before its reminder left: no one is asked for what is done. */
function remindsOfNothing(template: MailTemplate, conditions: readonly MailCondition[]): boolean {
  return (template === 'condition_reminder' || template === 'owner_condition_due') && conditions.length === 0;
}

type MailMessage = Extract<Message, { kind: 'mail' }>;

/** The code of a mail that has one. 'over' once it is used or too old: no one is sent what does not work. */
async function codeOf(
  { clock, links }: Pick<Dependencies, 'clock' | 'links'>,
  reading: Reading,
  { template, person }: MailMessage,
): Promise<Pick<MailContext, 'code'> | 'over'> {
  if (template !== 'identity_code') return {};
  const [code, { state }] = await Promise.all([reading.identityCode(person), reading.now()]);
  if (code === undefined || codeRefusal(code, code.generation, clock.now()) !== undefined) return 'over';
  return { code: await links.code(wholeOf(state.reference), code.id) };
}

/** A mail to someone whom the contact has named. */
async function mailToPerson(
  dependencies: Dependencies,
  reading: Reading,
  message: MailMessage,
  id: string,
): Promise<Mail | undefined> {
  const { clock, links, mail } = dependencies;
  const { template, person, conditions = [] } = message;
  const found = await personOfMail(reading, person, { links, publicUrl: mail.publicUrl });
  const now = await reading.now();
  const { language, stage } = now.state;
  // Whoever reads what is left of a closed onboarding may be asked who they are; nothing else is expected of them.
  if (found === undefined || (stage === 'CLOSED' && template !== 'identity_code')) return undefined;
  const replyTo = replyAddress(now.state, mail.operators);
  const today = calendarDateOf(clock.now());
  const ofPart = template === 'person_reminder' && hasConditions(now.state);
  const result = ofPart || conditions.length > 0 ? await reading.result() : undefined;
  const about = ofPart ? ownConditions(result, found.person) : conditions;
  const all = conditionsOfMail(about, result, language);
  const named = reminderMails.has(template) ? all.filter(({ due }) => due >= today) : all;
  const code = await codeOf(dependencies, reading, message);
  if (code === 'over' || remindsOfNothing(template, named)) return undefined;
  if (template === 'person_reminder' && !(await isPartAwaited(reading, found.person))) return undefined;
  const composed = composeMail(template, {
    ...commonContext(now, dependencies, language),
    ...code,
    today,
    conditions: named,
    contactName: (await reading.intake()).contactName,
    ...(template === 'person_reminder' ? withLimit(answerBy(template, now)) : {}),
    ...(replyTo === undefined ? {} : { contact: replyTo }),
    ...found.context,
  });
  const answers = replyTo === undefined ? {} : { replyTo };
  return { id, to: found.person.email, ...answers, language, ...composed };
}

/** Mails with the present date of the cutover for the customer's calendar. */
const ofDates: ReadonlySet<MailTemplate> = new Set([
  'wave_held',
  'wave_confirmed',
  'wave_moved',
  'place_lost',
]);

/** What a mail has for the customer's calendar, and says of it. */
interface ForCalendar {
  readonly said: Pick<MailContext, 'calendar'>;
  readonly attached: Pick<Mail, 'attachments'>;
}

/** The files for the customer's calendar, if the mail is about a date. */
async function forCalendar(
  { clock, platform, mail }: Dependencies,
  reading: Reading,
  { template, cancels }: MailMessage,
  writtenAt: string,
): Promise<ForCalendar> {
  const nothing = { said: {}, attached: {} };
  if (cancels === undefined && !ofDates.has(template)) return nothing;
  const [now, { language, contactEmail }, { invitationFiles }] = await Promise.all([
    reading.now(),
    reading.intake(),
    // Loaded when it is needed: few mails are about a date.
    import('./invitation-files.ts'),
  ]);
  const inviting = {
    ...{ platform, language, statusUrl: `${mail.publicUrl}/status`, cancels },
    ...{ organiser: mail.operators, attendee: contactEmail, stamp: new Date(writtenAt) },
  };
  const invitation = invitationFiles(now, inviting, clock.now());
  if (invitation === undefined) return nothing;
  return { said: { calendar: invitation.method }, attached: { attachments: invitation.files } };
}

/** Where a mail to staff goes: of a gate, to the operator who owns it. */
async function staffAddress(
  { clock, mail }: Dependencies,
  reading: Reading,
  { template, to }: { readonly template: MailTemplate; readonly to: 'owner' | 'operators' | 'on_call' },
): Promise<string> {
  if (to === 'owner') return (await reading.now()).state.owner;
  if (to === 'on_call') return mail.onCall;
  const owner = ofGate.has(template) ? await reading.goNoGoOwner(clock.now()) : undefined;
  return owner ?? mail.operators;
}

/** The message of the outbox that a mail is written for. */
interface Sending {
  /** The same each time it is sent. */
  readonly id: string;
  /** When the change was stored that it is about. */
  readonly at: string;
}

/**
 * Writes a mail from the state of the onboarding at the time of sending: the outbox holds the template's name only.
 * Undefined when the recipient's data has been erased meanwhile, or the conditions to be reminded of are cleared.
 */
export async function writeMail(
  dependencies: Dependencies,
  reading: Reading,
  message: MailMessage,
  { id, at: writtenAt }: Sending,
): Promise<Mail | undefined> {
  const now = await reading.now();
  const { state } = now;
  const { reference } = state;
  const { clock, links, platform, mail } = dependencies;
  const { template, to, lost, conditions = [] } = message;
  if (to === 'person') return mailToPerson(dependencies, reading, message, id);
  const at = clock.now();
  const today = calendarDateOf(at);
  if (state.erasure?.doneAt !== undefined && (to === 'owner' || to === 'customer')) return undefined;
  const about = async (language: Language) => {
    const ahead = to === 'customer' && ofPlaces.has(template) && hasConditions(state);
    const own = ofSales(template, state);
    if (conditions.length === 0 && own.length === 0 && !ahead) return [];
    const result = await reading.result();
    const left = ahead ? leftToCustomer(result?.assessment.conditions ?? []) : [];
    const named = conditionsOfMail(
      [...conditions, ...own, ...left.map(({ code }) => code)],
      result,
      language,
    );
    // One that left late reminds of no date that is past.
    return reminderMails.has(template) ? named.filter(({ due }) => due >= today) : named;
  };
  if (isOutdated(template, now, at)) return undefined;
  if (to !== 'customer') {
    const named = await about(staffLanguage);
    if (remindsOfNothing(template, named)) return undefined;
    const composed = composeMail(template, {
      ...commonContext(now, dependencies, staffLanguage),
      today,
      ...withLimit(staffBy(template, now)),
      ...lossOf(now, lost, platform, staffLanguage),
      conditions: named,
      standstill: standstillOf(now),
      mailSetupUrl: `${mail.publicUrl}/mail-setup`,
      staffUrl: `${mail.publicUrl}/${to === 'owner' ? 'sales' : 'operations'}/${reference}`,
    });
    const address = await staffAddress(dependencies, reading, { template, to });
    // Sales ask the operators; what the operators get, they decide on the page.
    const answers = to === 'owner' ? { replyTo: mail.operators } : {};
    return { id, to: address, ...answers, language: staffLanguage, ...composed };
  }
  const intake = await reading.intake();
  const silenceEnd = silenceEndOf(now);
  const named = await about(intake.language);
  const code = await codeOf(dependencies, reading, message);
  if (code === 'over' || remindsOfNothing(template, named)) return undefined;
  const replyTo = replyAddress(state, mail.operators);
  const { said, attached } = await forCalendar(dependencies, reading, message, writtenAt);
  const closed = state.stage === 'CLOSED' || state.link === 0;
  const composed = composeMail(template, {
    ...commonContext(now, dependencies, intake.language),
    ...code,
    today,
    ...withLimit(answerBy(template, now)),
    ...awaitedOf(now, at),
    ...correctUntil(now, at),
    ...refusalOf(template, now, intake.language),
    ...(silenceEnd === undefined ? {} : { silenceEnd }),
    ...lossOf(now, lost, platform, intake.language),
    conditions: named,
    contactName: intake.contactName,
    ...said,
    ...(replyTo === undefined ? {} : { contact: replyTo }),
    // Who never had a link could not open it.
    trustUrl: `${mail.publicUrl}/trust`,
    ...(state.link === 0 ? {} : { statusUrl: `${mail.publicUrl}/status` }),
    ...(closed ? {} : { link: `${mail.publicUrl}/f/${await links.token(wholeOf(reference), state.link)}` }),
  });
  const answers = replyTo === undefined ? {} : { replyTo };
  return { id, to: intake.contactEmail, ...answers, language: intake.language, ...composed, ...attached };
}
