import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../platform/clock.ts';
import { type Approvals, createApprovals } from './approvals.ts';
import { createDossiers, type Dossiers } from './dossiers.ts';
import { createErasures, type Erasures } from './erasures.ts';
import { createLinkOwners, type LinkOwners } from './link-owners.ts';
import { createLists, type Lists } from './lists.ts';
import { createOnboardings, type Onboardings } from './onboardings.ts';
import { createOutbox, type Outbox } from './outbox.ts';
import { createPlaces, type Places } from './places.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createStarts, type Starts } from './starts.ts';
import { createSweeps, type Sweeps } from './sweeps.ts';
import { createTable } from './table.ts';
import { createWaitingList, type WaitingList } from './waiting-list.ts';
import { createWaves, type Waves } from './waves.ts';

/** The one table, by aggregate. */
export interface Store {
  readonly onboardings: Onboardings;
  readonly approvals: Approvals;
  readonly dossiers: Dossiers;
  readonly starts: Starts;
  readonly lists: Lists;
  readonly links: LinkOwners;
  readonly sessions: Sessions;
  readonly waves: Waves;
  readonly places: Places;
  readonly waitingList: WaitingList;
  readonly outbox: Outbox;
  readonly erasures: Erasures;
  readonly sweeps: Sweeps;
}

export function createStore(client: DynamoDBDocumentClient, tableName: string, clock: Clock): Store {
  const table = createTable(client, tableName);
  return {
    onboardings: createOnboardings(table, clock),
    approvals: createApprovals(table),
    dossiers: createDossiers(table),
    starts: createStarts(table),
    lists: createLists(table),
    links: createLinkOwners(table),
    sessions: createSessions(table),
    waves: createWaves(table),
    places: createPlaces(table),
    waitingList: createWaitingList(table),
    outbox: createOutbox(table),
    erasures: createErasures(table),
    sweeps: createSweeps(table),
  };
}
