import { grace } from '../domain/onboarding/durations.ts';
import { type FailureClass, failureOf } from '../domain/onboarding/failures.ts';
import type { Stage } from '../domain/onboarding/lifecycle.ts';
import {
  type OperatorWork,
  operatorWork,
  type WorkKind,
  workKinds,
} from '../domain/onboarding/operator-work.ts';
import type { Snapshot } from '../domain/onboarding/state.ts';
import { isPastWait } from '../domain/onboarding/waits.ts';
import { type Page, type PageStart, pageAt } from '../store/table.ts';
import type { WorkEntry } from '../store/work-list.ts';
import type { ApplicationDependencies } from './dependencies.ts';

type Dependencies = Pick<ApplicationDependencies, 'store' | 'clock'>;

/** Rows of a page: one batch reads them. */
const rowsAPage = 25;
/** Entries looked through for one page, and the most that is counted. */
export const mostWorkCounted = 500;
/** Stuck onboardings at the head of the whole list; more than these point to a general fault, and have a list of their own. */
const stuckShown = 5;
/** Past waits looked through for stuck ones: those of failed runs are among them. */
export const mostStuckCounted = 100;
/** Before the cursors of the list of a stage: no cursor of the table contains a dot. */
const ofStage = 'stage.';

export const whoseWork = ['me', 'none', 'team'] as const;
export type WhoseWork = (typeof whoseWork)[number];

export interface WorkFilter {
  readonly kind?: WorkKind | undefined;
  readonly assigned?: WhoseWork | undefined;
  readonly wave?: string | undefined;
  readonly error?: FailureClass | undefined;
}

/** The operator who looks. */
interface Viewer {
  readonly subject: string;
  readonly team?: string | undefined;
}

export interface WorkRow {
  readonly snapshot: Snapshot;
  readonly work: OperatorWork;
}

export interface WorkFound {
  /** The first to be due first. */
  readonly rows: readonly WorkRow[];
  /** Leads to what follows. */
  readonly cursor?: string;
  /** On a first page, how many entries there are of each kind, up to `mostWorkCounted` in all; not for the customers of a wave. */
  readonly counts?: ReadonlyMap<WorkKind, number>;
  /** The filter has left out rows of this page: others that it keeps may be on the next ones. */
  readonly isThinned: boolean;
  readonly unreadable: readonly string[];
}

function byDue(one: WorkRow, other: WorkRow): number {
  return Date.parse(one.work.due) - Date.parse(other.work.due);
}

/** What a filter keeps of a row that was read: it has no key of its own. */
function isKept(
  { snapshot: { state } }: WorkRow,
  { assigned, error }: WorkFilter,
  { subject, team }: Viewer,
): boolean {
  if (error !== undefined && failureOf(state.run) !== error) return false;
  // What is closed can be followed by no one.
  if (assigned === 'none') return state.assigned === undefined && state.stage !== 'CLOSED';
  if (assigned === 'me') return state.assigned?.to === subject;
  if (assigned === 'team') return team !== undefined && state.assigned?.team === team;
  return true;
}

/** A page of these rows, without those that the filter leaves out. */
function pageOf(
  all: readonly WorkRow[],
  filter: WorkFilter,
  viewer: Viewer,
  { unreadable = [], cursor }: Omit<Page<unknown>, 'items'>,
): WorkFound {
  const rows = all.filter((row) => isKept(row, filter, viewer));
  return {
    rows: rows.toSorted(byDue),
    isThinned: rows.length < all.length,
    unreadable,
    ...pageAt(cursor),
  };
}

/** The instant before which the system has had the time to renew or end a wait. */
function lateAt(now: Date): Date {
  return new Date(now.getTime() - grace);
}

/** Of stuck ones nothing is said where they were not looked for. */
function countsOf(entries: readonly WorkEntry[], stuck?: number): ReadonlyMap<WorkKind, number> {
  const counted = workKinds.filter((kind) => kind !== 'stuck');
  return new Map<WorkKind, number>([
    ...(stuck === undefined ? [] : [['stuck', stuck] as const]),
    ...counted.map((kind) => [kind, entries.filter((entry) => entry.kind === kind).length] as const),
  ]);
}

/** Entries that still hold of onboardings as they are: what was done a moment ago may still be listed. */
function rowsOf(
  entries: readonly WorkEntry[],
  found: ReadonlyMap<string, Snapshot>,
  now: Date,
): readonly WorkRow[] {
  return entries.flatMap(({ reference, kind, due }) => {
    const snapshot = found.get(reference);
    if (snapshot === undefined) return [];
    // A request for erasure has an item of its own, which the snapshot leaves out.
    const holds = kind === 'erasure' || operatorWork(snapshot, now).some((work) => work.kind === kind);
    return holds ? [{ snapshot, work: { kind, due } }] : [];
  });
}

/** What is to be done about the onboardings on a page of another list. */
function workOn(page: Page<Snapshot>, filter: WorkFilter, viewer: Viewer, now: Date): WorkFound {
  const all = page.items
    .flatMap((snapshot) => [
      ...stuckRow(snapshot, now),
      ...operatorWork(snapshot, now).map((work) => ({ snapshot, work })),
    ])
    .filter(({ work: { kind } }) => filter.kind === undefined || kind === filter.kind);
  return pageOf(all, filter, viewer, page);
}

/** Onboardings whose wait the workflow should have renewed or ended: failed ones are on the list as such. */
async function stuckReferences(
  { store, clock }: Dependencies,
  entries: readonly WorkEntry[],
): Promise<readonly string[]> {
  const failed = new Set(
    entries.filter(({ kind }) => kind === 'failed_run').map(({ reference }) => reference),
  );
  const until = lateAt(clock.now()).toISOString();
  const past = await store.workList.pastWaits(until, mostStuckCounted);
  return past.filter((reference) => !failed.has(reference));
}

function stuckRow(snapshot: Snapshot | undefined, now: Date): readonly WorkRow[] {
  if (snapshot?.wait === undefined || !isPastWait(snapshot, lateAt(now))) return [];
  return [{ snapshot, work: { kind: 'stuck', due: snapshot.wait.until } }];
}

/** Those whom the viewer follows; undefined where they are too many to be looked for by reference, or not asked for. */
async function followedIn(
  { store }: Dependencies,
  { assigned }: WorkFilter,
  { subject }: Viewer,
): Promise<ReadonlySet<string> | undefined> {
  if (assigned !== 'me') return undefined;
  const followed = await store.workList.followedBy(subject, mostWorkCounted);
  return followed.length < mostWorkCounted ? new Set(followed) : undefined;
}

/** Kinds that are a stage: those of the stage are found by it, however much else is due before. */
const stageOfKind: Readonly<Partial<Record<WorkKind, Stage>>> = { review: 'IN_REVIEW', go_no_go: 'GO_NO_GO' };

/** The whole list, or the part of it that its entries tell apart. */
async function workByDue(
  dependencies: Dependencies,
  filter: WorkFilter,
  viewer: Viewer,
  start: PageStart,
): Promise<WorkFound> {
  const { store, clock } = dependencies;
  const { kind, assigned } = filter;
  const stage = kind === undefined || assigned === 'me' ? undefined : stageOfKind[kind];
  const isFirst = start.cursor === undefined;
  const [page, mine] = await Promise.all([
    store.workList.entries({ limit: mostWorkCounted, ...start }),
    followedIn(dependencies, filter, viewer),
  ]);
  const listed = page.items.filter(({ reference }) => mine === undefined || mine.has(reference));
  if (isFirst && stage !== undefined && page.cursor !== undefined) {
    // Too much is due before: those of the stage are found by it.
    const found = await workInStage(dependencies, stage, filter, viewer, start);
    return { ...found, counts: countsOf(page.items) };
  }
  const looksForStuck = isFirst && kind === undefined && assigned !== 'me';
  const stuck = looksForStuck ? await stuckReferences(dependencies, page.items) : [];
  const head = stuck.slice(0, stuckShown);
  const wanted = listed.filter((entry) => kind === undefined || entry.kind === kind);
  const taken = wanted.slice(0, rowsAPage - head.length);
  const references = new Set([...head, ...taken.map(({ reference }) => reference)]);
  const { items, unreadable = [] } = await store.snapshots.withReferences([...references]);
  const found = new Map(items.map((snapshot) => [snapshot.state.reference, snapshot]));
  const now = clock.now();
  const all = [
    ...head.flatMap((reference) => stuckRow(found.get(reference), now)),
    ...rowsOf(taken, found, now),
  ];
  const last = taken.at(-1);
  const cursor =
    wanted.length > taken.length && last !== undefined ? store.workList.cursorAfter(last) : page.cursor;
  return {
    ...pageOf(all, filter, viewer, { unreadable, ...pageAt(cursor) }),
    ...(isFirst ? { counts: countsOf(listed, looksForStuck ? stuck.length : undefined) } : {}),
  };
}

async function workInStage(
  { store, clock }: Dependencies,
  stage: Stage,
  filter: WorkFilter,
  viewer: Viewer,
  start: PageStart,
): Promise<WorkFound> {
  const page = await store.snapshots.byStage(stage, { limit: rowsAPage, ...start });
  const found = workOn(page, filter, viewer, clock.now());
  return found.cursor === undefined ? found : { ...found, cursor: `${ofStage}${found.cursor}` };
}

/**
 * A page of what operators have to do: at most two queries and one batch. What the filter has a key for is looked for by it,
 * or among `mostWorkCounted` entries; the rest of it is applied to the rows of the page.
 *
 * @throws CursorError
 */
export async function readWork(
  dependencies: Dependencies,
  filter: WorkFilter,
  viewer: Viewer,
  start: PageStart,
): Promise<WorkFound> {
  const { store, clock } = dependencies;
  const { kind, wave } = filter;
  const now = clock.now();
  if (wave !== undefined) {
    return workOn(await store.snapshots.byWave(wave, { limit: rowsAPage, ...start }), filter, viewer, now);
  }
  if (kind === 'stuck') {
    const until = lateAt(now).toISOString();
    return workOn(await store.snapshots.overdue(until, { limit: rowsAPage, ...start }), filter, viewer, now);
  }
  const stage = kind === undefined ? undefined : stageOfKind[kind];
  if (stage !== undefined && start.cursor?.startsWith(ofStage) === true) {
    return workInStage(dependencies, stage, filter, viewer, { cursor: start.cursor.slice(ofStage.length) });
  }
  return workByDue(dependencies, filter, viewer, start);
}
