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
import type { Page, PageStart } from '../store/table.ts';
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
const pastWaitsRead = 100;

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
  /** How many entries there are of each kind, up to `mostWorkCounted` in all; absent for the customers of a wave. */
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
  if (assigned === 'none') return state.assigned === undefined;
  if (assigned === 'me') return state.assigned?.to === subject;
  if (assigned === 'team') return state.assigned !== undefined && state.assigned.team === team;
  return true;
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
function workOn(
  page: Page<Snapshot>,
  filter: WorkFilter,
  viewer: Viewer,
  now: Date,
): Omit<WorkFound, 'counts'> {
  const { items, unreadable = [], cursor } = page;
  const all = items
    .flatMap((snapshot) => operatorWork(snapshot, now).map((work) => ({ snapshot, work })))
    .filter(({ work: { kind } }) => filter.kind === undefined || kind === filter.kind);
  const rows = all.filter((row) => isKept(row, filter, viewer));
  return {
    rows: rows.toSorted(byDue),
    isThinned: rows.length < all.length,
    unreadable,
    ...(cursor === undefined ? {} : { cursor }),
  };
}

/** Onboardings whose wait the workflow should have renewed or ended: failed ones are on the list as such. */
async function stuckReferences(
  { store, clock }: Dependencies,
  entries: readonly WorkEntry[],
): Promise<readonly string[]> {
  const until = new Date(clock.now().getTime() - grace).toISOString();
  const failed = new Set(
    entries.filter(({ kind }) => kind === 'failed_run').map(({ reference }) => reference),
  );
  const past = await store.workList.pastWaits(until, pastWaitsRead);
  return past.filter((reference) => !failed.has(reference));
}

function stuckRow(snapshot: Snapshot | undefined, now: Date): readonly WorkRow[] {
  const late = new Date(now.getTime() - grace);
  if (snapshot?.wait === undefined || !isPastWait(snapshot, late)) return [];
  return [{ snapshot, work: { kind: 'stuck', due: snapshot.wait.until } }];
}

/** References at the head of a first page. */
function headOf(stuck: readonly string[], kind: WorkKind | undefined): readonly string[] {
  if (kind === undefined) return stuck.slice(0, stuckShown);
  return kind === 'stuck' ? stuck.slice(0, rowsAPage) : [];
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

/** The whole list, or the part of it that its entries tell apart. */
async function workByDue(
  dependencies: Dependencies,
  filter: WorkFilter,
  viewer: Viewer,
  start: PageStart,
): Promise<WorkFound> {
  const { store, clock } = dependencies;
  const { kind, assigned } = filter;
  const isFirst = start.cursor === undefined;
  const [page, mine] = await Promise.all([
    store.workList.entries({ limit: mostWorkCounted, ...start }),
    followedIn(dependencies, filter, viewer),
  ]);
  const listed = page.items.filter(({ reference }) => mine === undefined || mine.has(reference));
  const looksForStuck = isFirst && assigned !== 'me';
  const stuck = looksForStuck ? await stuckReferences(dependencies, page.items) : [];
  const head = headOf(stuck, kind);
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
  const rows = all.filter((row) => isKept(row, filter, viewer));
  const last = taken.at(-1);
  const cursor =
    wanted.length > taken.length && last !== undefined ? store.workList.cursorAfter(last) : page.cursor;
  return {
    rows: rows.toSorted(byDue),
    isThinned: rows.length < all.length,
    unreadable,
    ...(isFirst ? { counts: countsOf(listed, looksForStuck ? stuck.length : undefined) } : {}),
    ...(cursor === undefined || kind === 'stuck' ? {} : { cursor }),
  };
}

/** Kinds that are a stage: those of the stage are found by it, however much else is due before. */
const stageOfKind: Readonly<Partial<Record<WorkKind, Stage>>> = { review: 'IN_REVIEW', go_no_go: 'GO_NO_GO' };

async function workInStage(
  { store, clock }: Dependencies,
  stage: Stage,
  filter: WorkFilter,
  viewer: Viewer,
  start: PageStart,
): Promise<WorkFound> {
  const [page, entries] = await Promise.all([
    store.snapshots.byStage(stage, { limit: rowsAPage, ...start }),
    start.cursor === undefined ? store.workList.entries({ limit: mostWorkCounted }) : undefined,
  ]);
  const found = workOn(page, filter, viewer, clock.now());
  return entries === undefined ? found : { ...found, counts: countsOf(entries.items) };
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
  const { kind, assigned, wave } = filter;
  if (wave !== undefined) {
    const page = await store.snapshots.byWave(wave, { limit: rowsAPage, ...start });
    return workOn(page, filter, viewer, clock.now());
  }
  const stage = kind === undefined || assigned === 'me' ? undefined : stageOfKind[kind];
  return stage === undefined
    ? workByDue(dependencies, filter, viewer, start)
    : workInStage(dependencies, stage, filter, viewer, start);
}
