import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { OnboardingState, Snapshot } from '../domain/onboarding/state.ts';
import type { Clock } from '../platform/clock.ts';
import { type Approvals, createApprovals } from './approvals.ts';
import { type CalendarFeeds, createCalendarFeeds } from './calendar-feeds.ts';
import { createCorrections } from './corrections.ts';
import { createDossiers, type Dossiers } from './dossiers.ts';
import type { DueList } from './due-list.ts';
import { createErasures, type Erasures } from './erasures.ts';
import { createGateTasks, type GateTasks } from './gate-tasks.ts';
import { createIdentityCodes, type IdentityCodes } from './identity-codes.ts';
import { createInterviews, type Interviews } from './interviews.ts';
import { createLessons, type Lessons } from './lessons.ts';
import { createLinkOwners, type LinkOwners } from './link-owners.ts';
import { createLists, type Lists } from './lists.ts';
import { createOnboardings, type Onboardings } from './onboardings.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPendingPages, type PendingPages } from './pending-pages.ts';
import { createPeople, type People } from './people.ts';
import { createPlaces, type Places } from './places.ts';
import { snapshotReader, stateReader, waitReader } from './readers.ts';
import {
  createRequests,
  keeperOf,
  noRequest,
  type Request,
  type RequestKeeper,
  type RequestOutcome,
  type Requests,
} from './requests.ts';
import { createSeals, type Seals } from './seals.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createStaff, type Staff } from './staff.ts';
import { createStarts, type Starts } from './starts.ts';
import { createSweeps, type Sweeps } from './sweeps.ts';
import { createTable, type Table } from './table.ts';
import type { NoteUnreadable } from './unreadable.ts';
import { createWaitingList, type WaitingList } from './waiting-list.ts';
import { createWaves, type Waves } from './waves.ts';
import { createWorkList, type WorkList } from './work-list.ts';

/** The one table, by aggregate. */
export interface Store {
  readonly onboardings: Onboardings;
  readonly approvals: Approvals;
  readonly corrections: DueList;
  readonly dossiers: Dossiers;
  readonly starts: Starts;
  readonly lists: Lists<OnboardingState>;
  /** The same lists, with what each onboarding waits for. */
  readonly listsWithWaits: Lists<Snapshot>;
  /** The same lists, with what each onboarding waits for, its place and what waits for a second person. */
  readonly snapshots: Lists<Snapshot>;
  readonly workList: WorkList;
  readonly links: LinkOwners;
  readonly people: People;
  readonly identityCodes: IdentityCodes;
  readonly pendingPages: PendingPages;
  readonly interviews: Interviews;
  readonly sessions: Sessions;
  readonly calendarFeeds: CalendarFeeds;
  readonly staff: Staff;
  readonly waves: Waves;
  readonly gateTasks: GateTasks;
  readonly lessons: Lessons;
  readonly places: Places;
  readonly waitingList: WaitingList;
  readonly outbox: Outbox;
  readonly erasures: Erasures;
  readonly sweeps: Sweeps;
  readonly requests: Requests;
  readonly seals: Seals;
  /** The same store, which keeps a request in the transaction of the first thing that is done for it. */
  forRequest(request: Request): KeptStore;
}

/** A store for one request. */
export interface KeptStore {
  readonly store: Store;
  /** Keeps the request if nothing was done for it. @throws IdempotencyKeyReusedError */
  keep(result: RequestOutcome): Promise<void>;
}

/** @param note records which items this release cannot read */
export function createStore(
  client: DynamoDBDocumentClient,
  tableName: string,
  clock: Clock,
  note: NoteUnreadable = () => undefined,
): Store {
  return storeOn(createTable(client, tableName), clock, note, noRequest);
}

function storeOn(table: Table, clock: Clock, note: NoteUnreadable, keeper: RequestKeeper): Store {
  const requests = createRequests(table);
  return {
    approvals: createApprovals(table, note),
    workList: createWorkList(table),
    onboardings: createOnboardings(table, clock, note, keeper),
    requests,
    forRequest: (request) => {
      const own = keeperOf(request);
      return {
        store: storeOn(table, clock, note, own),
        keep: async (result) => {
          if (!own.isKept) await requests.keep(request, result);
        },
      };
    },
    corrections: createCorrections(table),
    dossiers: createDossiers(table, note),
    starts: createStarts(table, requests, keeper),
    lists: createLists(table, note, stateReader(table, note)),
    listsWithWaits: createLists(table, note, waitReader(table, note)),
    snapshots: createLists(table, note, snapshotReader(table, note)),
    links: createLinkOwners(table),
    people: createPeople(table, note),
    identityCodes: createIdentityCodes(table),
    pendingPages: createPendingPages(table, note),
    interviews: createInterviews(table, note),
    sessions: createSessions(table, note),
    calendarFeeds: createCalendarFeeds(table),
    staff: createStaff(table, note),
    waves: createWaves(table, clock, note, keeper),
    gateTasks: createGateTasks(table, clock, note),
    lessons: createLessons(table, clock, note),
    places: createPlaces(table, note),
    waitingList: createWaitingList(table, note),
    outbox: createOutbox(table),
    erasures: createErasures(table),
    seals: createSeals(table),
    sweeps: createSweeps(table, note),
  };
}
