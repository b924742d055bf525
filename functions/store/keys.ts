import { createHash } from 'node:crypto';
import type { Stage } from '../domain/onboarding/lifecycle.ts';
import type { OperatorWork } from '../domain/onboarding/operator-work.ts';
import { wholeOf } from '../domain/onboarding/reference.ts';
import { searchableName } from '../domain/text.ts';

/**
 * Every key and access pattern of the one table. Attributes `pk` and `sk` are the primary key; each index has its own
 * pair and holds keys only, so that a change that moves no key writes nothing to it.
 *
 * | Question | Answered by |
 * |---|---|
 * | What is the stage of this onboarding, what is it waiting for, what is booked? | Query `ONB#<reference>`, `NOW#` |
 * | What do the parts of a split onboarding share with it? | Whatever is read of them with the reference of the whole: their own begin with it |
 * | What was said at intake, submitted, assessed, asked again? | Get `ONB#<reference>` / `INTAKE`, `SUBMISSION`, `RESULT`, `REQUEST` |
 * | What does the customer want to talk about? | Get `ONB#<reference>` / `TALK` |
 * | What was answered so far, and which sections are completed? | Query `ONB#<reference>`, from `ANSWER#` and `COMPLETED#` up to `DRAFT`, where earlier releases kept it |
 * | What was submitted before? | Query `ONB#<reference>`, `SUBMISSION` |
 * | Was a record with this digest sealed, and how? It names no onboarding and no person | Get `PROOF#<digest>` / `SEAL` |
 * | Which keys have sealed records, and since when? | Query `SEAL_KEYS` |
 * | Who was named to answer with its contact? | Query `ONB#<reference>`, `PERSON#` |
 * | Which code was sent last to the contact, or to a person? | Get `ONB#<reference>` / `CODE#CONTACT`, `CODE#<person>` |
 * | Which pages wait for their sender to show who they are? | Query `ONB#<reference>`, `PENDING#CONTACT#` or `PENDING#<person>#` |
 * | In which interviews did operators enter answers? | Query `ONB#<reference>`, `INTERVIEW#` |
 * | What happened to it? | Query `ONB#<reference>`, `EVENT#` |
 * | Which onboardings of this SIREN are active? | Query `SIREN#<siren>`, `ACTIVE`: one for the whole organisation, `ACTIVE#<scope>` for each part |
 * | Which onboardings of this SIREN are active, and which were there before? | Query `SIREN#<siren>` |
 * | How many starts of this SIREN have named a parent? | Get `PARENTS#<siren>` / `NAMED` |
 * | Which onboardings follow this SIREN's in their group? | Query `GROUP#<siren>` |
 * | Which onboardings have a name in which this begins at a word? | Query `NAME#<first letters>`, begins with what is searched |
 * | Which onboardings does this mail address belong to? | Query `MAIL#<hash>` |
 * | Which onboardings are in this stage, oldest first? | Index `by-stage`, `STAGE#<stage>` |
 * | Which onboardings does this person own, newest last? | Index `by-owner`, `OWNER#<mail>` |
 * | Who is booked in this wave? | Index `by-owner`, `WAVE#<wave>` |
 * | Which onboardings does this operator follow? | Query `ASSIGNED#<hash of the person>` |
 * | Which onboardings does this team have? | Index `by-team`, `TEAM#<team>` |
 * | What have operators to do, the first to be due first? | Index `by-due`, `DUE#operator`: the sort key names the kind |
 * | Which decisions wait for a second person, the first to lapse first? | Index `by-team`, `APPROVALS` |
 * | What becomes theirs to do, and when? | Index `by-due`, `LATER#operator`, up to now |
 * | On which held or offered places is something due? | Index `by-due`, `PLACES`, up to now |
 * | Which waits are past their date? | Index `by-due`, `OPEN_WAITS`, up to now |
 * | Which corrections of answers are about to end, or have? | Index `by-due`, `CORRECTIONS`, up to now |
 * | Which conditions ask for a reminder, or have opened? | Index `by-due`, `CONDITIONS`, up to today |
 * | Whom of those named is it time to remind? | Index `by-due`, `PEOPLE`, up to today |
 * | Which closed onboardings have been kept long enough? | Index `by-due`, `RETENTION`, up to a closing date |
 * | Which erasures are to be finished or looked at once more? | Index `by-due`, `ERASURES`, up to now |
 * | Where does the sweeper go on? | Get `SWEEP` / `PLACE` |
 * | Were operators notified of this fault? | Get `SWEEP` / `FAULT#<name>` |
 * | Was this request made before? | Get `IDEM#<scope>#<key>` |
 * | Which requests were about this onboarding? | Index `by-owner`, `REQUESTS#<reference>` |
 * | Whose link is this? | Get `LINK#<hash>` |
 * | Whose session is this, and is it still open? | Get `SESSION#<hash>`; of staff also `STAFF#<hash of the person>` |
 * | Who of staff has signed in, and with which roles? | Query `STAFF_MEMBERS` |
 * | Which waves does a site have? | Query `CALENDAR#<site>` |
 * | What was changed of a wave, by whom and why? | Query `WAVE#<wave>`, `EVENT#` |
 * | Who owns the tasks of a wave, and which are done? | Query `WAVE#<wave>`, `TASK#`: one for each gate that was touched |
 * | What was changed of a task, and by whom? | Query `WAVE#<wave>`, `TASKEVENT#<gate>#` |
 * | What was learnt from a wave? | Query `WAVE#<wave>`, `LESSON#` |
 * | Which lessons were removed, by whom and why? | Query `WAVE#<wave>`, `REMOVEDLESSON#` |
 * | How many lessons does a wave have? | Get `WAVE#<wave>` / `LESSONCOUNT` |
 * | Who waits for a place, in the order of service? | Query `WAITING_LIST` |
 * | Which messages are still to be sent? | Query each `OUTBOX#<shard>`; mails: each `OUTGOING_MAIL#<shard>` |
 * | Which did the earlier release leave to be sent? | Query `OUTBOX` |
 * | Which messages were set aside? | Query `SET_ASIDE` |
 */
export const indexes = {
  byStage: { name: 'by-stage', pk: 'stagePk', sk: 'stageSk' },
  byOwner: { name: 'by-owner', pk: 'ownerPk', sk: 'ownerSk' },
  byTeam: { name: 'by-team', pk: 'teamPk', sk: 'teamSk' },
  byDue: { name: 'by-due', pk: 'duePk', sk: 'dueSk' },
} as const;
export type IndexName = keyof typeof indexes;

export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** Mail addresses are searched by hash: keys appear in places where items do not. */
function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Names are spread over partitions by their first letters; a search needs at least this many. */
export const namePrefixLength = 3;

const onboarding = (reference: string): string => `ONB#${reference}`;

/** What the parts of a split onboarding share is kept once, by the whole. */
const file = (reference: string): string => onboarding(wholeOf(reference));

/**
 * What leaves by the outbox, by the function that sends it. The filters of the table's stream are made of these
 * beginnings of partition keys: an entry under another key would be sent by a schedule only.
 */
export const outboxPartitions = { dispatch: 'OUTBOX', mail: 'OUTGOING_MAIL' } as const;
export type OutboxLane = keyof typeof outboxPartitions;
export const outboxLanes = ['dispatch', 'mail'] as const satisfies readonly OutboxLane[];

/** Each change writes to the outbox: one partition would take 166 starts a second (docs/scale.md). */
export const outboxShards = 8;

function shardOf(reference: string): number {
  return (createHash('sha256').update(reference).digest()[0] ?? 0) % outboxShards;
}

/** The partitions of a lane, the one of the earlier release included: all its messages were in one. */
export function partitionsOf(lane: OutboxLane): readonly string[] {
  const shards = Array.from({ length: outboxShards }, (_, shard) => `${outboxPartitions[lane]}#${shard}`);
  return lane === 'dispatch' ? [...shards, earlierOutbox] : shards;
}

/** The partition of all entries of the earlier release. */
export const earlierOutbox = outboxPartitions.dispatch;

/** The lane that an outbox entry is in; undefined for any other key. */
export function laneOf(pk: string): OutboxLane | undefined {
  return outboxLanes.find((lane) => pk.startsWith(outboxPartitions[lane]));
}

/** The reference of the onboarding that an item belongs to. */
export function referenceOf({ pk }: Key): string {
  return pk.slice('ONB#'.length);
}

/** The wave whose history an item belongs to. */
export function waveOfEvent({ pk }: Pick<Key, 'pk'>): string {
  return pk.slice('WAVE#'.length);
}

const personPrefix = 'PERSON#';

/** The id of the person that an item is of. */
export function personOf({ sk }: Key): string {
  return sk.slice(personPrefix.length);
}

const answerPrefix = 'ANSWER#';
/** Within the range in which the answers are read. */
const completedPrefix = 'COMPLETED#';
/** All answers in one item, as earlier releases saved them. */
const wholeDraft = 'DRAFT';

/** The question that an item answers; undefined for every other item. */
export function questionOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const sk = String(item['sk']);
  return sk.startsWith(answerPrefix) ? sk.slice(answerPrefix.length) : undefined;
}

/** The section that an item says is completed; undefined for every other item. */
export function completedSectionOf(item: Readonly<Record<string, unknown>>): string | undefined {
  const sk = String(item['sk']);
  return sk.startsWith(completedPrefix) ? sk.slice(completedPrefix.length) : undefined;
}

/** In place of a person's id, for the contact. */
const contact = 'CONTACT';

export const keys = {
  now: (reference: string) => ({ pk: onboarding(reference), prefix: 'NOW#' }),
  state: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#STATE' }),
  wait: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#WAIT' }),
  booking: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#BOOKING' }),
  preparation: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#PREPARATION' }),
  approval: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#APPROVAL' }),
  correction: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#CORRECTION' }),
  erasureRequest: (reference: string): Key => ({ pk: onboarding(reference), sk: 'NOW#ERASURE_REQUEST' }),
  intake: (reference: string): Key => ({ pk: file(reference), sk: 'INTAKE' }),
  answers: (reference: string) => ({ pk: file(reference), upTo: wholeDraft }),
  answer: (reference: string, question: string): Key => ({
    pk: file(reference),
    sk: `${answerPrefix}${question}`,
  }),
  completed: (reference: string, section: string): Key => ({
    pk: file(reference),
    sk: `${completedPrefix}${section}`,
  }),
  draftVersion: (reference: string): Key => ({ pk: file(reference), sk: `${answerPrefix}VERSION` }),
  wholeDraft: (reference: string): Key => ({ pk: file(reference), sk: wholeDraft }),
  submission: (reference: string): Key => ({ pk: file(reference), sk: 'SUBMISSION' }),
  submissions: (reference: string) => ({ pk: file(reference), prefix: 'SUBMISSION' }),
  formerSubmission: (reference: string, number: number): Key => ({
    pk: file(reference),
    sk: `SUBMISSION#${String(number).padStart(6, '0')}`,
  }),
  result: (reference: string): Key => ({ pk: file(reference), sk: 'RESULT' }),
  request: (reference: string): Key => ({ pk: file(reference), sk: 'REQUEST' }),
  talk: (reference: string): Key => ({ pk: file(reference), sk: 'TALK' }),
  people: (reference: string) => ({ pk: file(reference), prefix: personPrefix }),
  person: (reference: string, id: string): Key => ({ pk: file(reference), sk: `${personPrefix}${id}` }),
  identityCode: (reference: string, person?: string): Key => ({
    pk: file(reference),
    sk: `CODE#${person ?? contact}`,
  }),
  pendingPages: (reference: string, person?: string) => ({
    pk: file(reference),
    prefix: `PENDING#${person ?? contact}#`,
  }),
  pendingPage: (reference: string, person: string | undefined, id: string): Key => ({
    pk: file(reference),
    sk: `PENDING#${person ?? contact}#${id}`,
  }),
  interviews: (reference: string) => ({ pk: file(reference), prefix: 'INTERVIEW#' }),
  interview: (reference: string, id: string): Key => ({
    pk: file(reference),
    sk: `INTERVIEW#${id}`,
  }),
  events: (reference: string) => ({ pk: onboarding(reference), prefix: 'EVENT#' }),
  event: (reference: string, number: number): Key => ({
    pk: onboarding(reference),
    sk: `EVENT#${String(number).padStart(6, '0')}`,
  }),
  actives: (siren: string) => ({ pk: `SIREN#${siren}`, prefix: 'ACTIVE' }),
  /** One for the whole organisation and for each scope, compared without case, accents and punctuation. */
  active: (siren: string, scope?: string): Key => ({
    pk: `SIREN#${siren}`,
    sk: scope === undefined ? 'ACTIVE' : `ACTIVE#${searchableName(scope)}`,
  }),
  namedParents: (siren: string): Key => ({ pk: `PARENTS#${siren}`, sk: 'NAMED' }),
  former: (siren: string, reference: string): Key => ({ pk: `SIREN#${siren}`, sk: `FORMER#${reference}` }),
  member: (parentSiren: string, reference: string): Key => ({ pk: `GROUP#${parentSiren}`, sk: reference }),
  name: (searchable: string, reference: string): Key => ({
    pk: `NAME#${searchable.slice(0, namePrefixLength)}`,
    sk: `${searchable}#${reference}`,
  }),
  mail: (address: string, reference: string): Key => ({
    pk: `MAIL#${hashOf(address.toLowerCase())}`,
    sk: reference,
  }),
  idempotency: (scope: string, key: string): Key => ({ pk: `IDEM#${scope}#${hashOf(key)}`, sk: 'REQUEST' }),
  link: (hash: string): Key => ({ pk: `LINK#${hash}`, sk: 'LINK' }),
  session: (hash: string): Key => ({ pk: `SESSION#${hash}`, sk: 'SESSION' }),
  staff: (subject: string): Key => ({ pk: `STAFF#${hashOf(subject)}`, sk: 'SESSIONS_ENDED' }),
  staffMembers: () => ({ pk: 'STAFF_MEMBERS' }),
  staffMember: (subject: string): Key => ({ pk: 'STAFF_MEMBERS', sk: hashOf(subject) }),
  assigned: (subject: string, reference: string): Key => ({
    pk: `ASSIGNED#${hashOf(subject)}`,
    sk: reference,
  }),
  calendarFeed: (subject: string): Key => ({ pk: `STAFF#${hashOf(subject)}`, sk: 'CALENDAR_FEED' }),
  calendarAddress: (hash: string): Key => ({ pk: `CALENDAR_FEED#${hash}`, sk: 'ADDRESS' }),
  wave: (site: string, id: string): Key => ({ pk: `CALENDAR#${site}`, sk: id }),
  waveEvents: (wave: string) => ({ pk: `WAVE#${wave}`, prefix: 'EVENT#' }),
  waveEvent: (wave: string, number: number): Key => ({
    pk: `WAVE#${wave}`,
    sk: `EVENT#${String(number).padStart(6, '0')}`,
  }),
  waveTasks: (wave: string) => ({ pk: `WAVE#${wave}`, prefix: 'TASK#' }),
  waveTask: (wave: string, gate: string): Key => ({ pk: `WAVE#${wave}`, sk: `TASK#${gate}` }),
  waveTaskEvents: (wave: string, gate: string) => ({ pk: `WAVE#${wave}`, prefix: `TASKEVENT#${gate}#` }),
  waveTaskEvent: (wave: string, gate: string, number: number): Key => ({
    pk: `WAVE#${wave}`,
    sk: `TASKEVENT#${gate}#${String(number).padStart(6, '0')}`,
  }),
  lessons: (wave: string) => ({ pk: `WAVE#${wave}`, prefix: 'LESSON#' }),
  /** Its id begins with an instant. */
  lesson: (wave: string, id: string): Key => ({ pk: `WAVE#${wave}`, sk: `LESSON#${id}` }),
  lessonCount: (wave: string): Key => ({ pk: `WAVE#${wave}`, sk: 'LESSONCOUNT' }),
  removedLessons: (wave: string) => ({ pk: `WAVE#${wave}`, prefix: 'REMOVEDLESSON#' }),
  removedLesson: (wave: string, id: string): Key => ({ pk: `WAVE#${wave}`, sk: `REMOVEDLESSON#${id}` }),
  waiting: (rank: string, reference: string): Key => ({ pk: 'WAITING_LIST', sk: `${rank}#${reference}` }),
  seal: (digest: string): Key => ({ pk: `PROOF#${digest}`, sk: 'SEAL' }),
  sealKeys: () => ({ pk: 'SEAL_KEYS' }),
  sealKey: (id: string): Key => ({ pk: 'SEAL_KEYS', sk: id }),
  outbox: (lane: OutboxLane, at: string, reference: string, version: number): Key => ({
    pk: `${outboxPartitions[lane]}#${shardOf(reference)}`,
    sk: `${at}#${reference}#${version}`,
  }),
  setAside: (lane: OutboxLane, reference: string, version: number): Key => ({
    pk: 'SET_ASIDE',
    sk: `${reference}#${version}#${lane}`,
  }),
  sweepPlace: (): Key => ({ pk: 'SWEEP', sk: 'PLACE' }),
  fault: (name: string): Key => ({ pk: 'SWEEP', sk: `FAULT#${name}` }),
} as const;

export const indexKeys = {
  /** FAILED only to read what an earlier release stored. */
  stage: (stage: Stage | 'FAILED', since: string, reference: string) => ({
    stagePk: `STAGE#${stage}`,
    stageSk: `${since}#${reference}`,
  }),
  owner: (owner: string, since: string, reference: string) => ({
    ownerPk: `OWNER#${owner}`,
    ownerSk: `${since}#${reference}`,
  }),
  /** The requests about an onboarding, so that an erasure finds them. */
  request: (reference: string, request: string) => ({
    ownerPk: `REQUESTS#${reference}`,
    ownerSk: request,
  }),
  booked: (wave: string, reference: string) => ({ ownerPk: `WAVE#${wave}`, ownerSk: reference }),
  team: (team: string, since: string, reference: string) => ({
    teamPk: `TEAM#${team}`,
    teamSk: `${since}#${reference}`,
  }),
  /** What operators have to do, by when it is due. One onboarding may have several, each by an item of its own. */
  work: ({ due, kind }: Pick<OperatorWork, 'due' | 'kind'>, reference: string) => ({
    duePk: 'DUE#operator',
    dueSk: `${due}#${reference}#${kind}`,
  }),
  /** Requests that wait for a second person, by their limit: on that list, and on one of their own. */
  approval: (until: string, reference: string) => ({
    ...indexKeys.work({ kind: 'approval', due: until }, reference),
    teamPk: 'APPROVALS',
    teamSk: `${until}#${reference}`,
  }),
  /** What becomes theirs to do, by when it does. */
  laterWork: (from: string, reference: string) => ({
    duePk: 'LATER#operator',
    dueSk: `${from}#${reference}`,
  }),
  /** Held and offered places, by the instant at which a reminder or their end is due. */
  place: (due: string, reference: string) => ({ duePk: 'PLACES', dueSk: `${due}#${reference}` }),
  due: (until: string, reference: string) => ({ duePk: 'OPEN_WAITS', dueSk: `${until}#${reference}` }),
  /** Corrections of submitted answers, by the instant at which their reminder or their end is due. */
  correction: (due: string, reference: string) => ({ duePk: 'CORRECTIONS', dueSk: `${due}#${reference}` }),
  /** Results, by the next day on which one of their conditions asks for something. */
  conditions: (day: string, reference: string) => ({ duePk: 'CONDITIONS', dueSk: `${day}#${reference}` }),
  /** Those whom customers have named, by the day on which it is looked at whether to remind them. */
  person: (day: string, reference: string) => ({ duePk: 'PEOPLE', dueSk: `${day}#${reference}` }),
  /** By the date of closing, not by the end of the retention: that is configured and may change. */
  retained: (closedAt: string, reference: string) => ({
    duePk: 'RETENTION',
    dueSk: `${closedAt}#${reference}`,
  }),
  erasure: (askedAt: string, reference: string) => ({ duePk: 'ERASURES', dueSk: `${askedAt}#${reference}` }),
} as const;

/** Lists of an earlier release that are now part of the operators' one list: their items are listed anew. */
export const earlierWorkLists = ['APPROVALS', 'ERASURE_REQUESTS'] as const;

/** SHA-256 of a secret link token: only this is stored. */
export function linkHash(token: string): string {
  return hashOf(token);
}
