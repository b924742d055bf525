import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDb, startDynamoDb, type WrittenKey } from '@onboarding/dynamodb-local';
import { keyedLinks, type Links } from '../../functions/platform/links.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore, type Store } from '../../functions/store/store.ts';
import { clientOf } from './aws-client.ts';
import type { DataFolder } from './data-folder.ts';
import { type EventPage, openEventPage } from './event-page.ts';
import { type Mailbox, openMailbox } from './mailbox.ts';
import { type RegistryStub, startRegistryStub } from './registry-stub.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { createTable } from './table.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const tableName = 'onboarding';

/** What the system uses besides its workflow engine: the table, the registry, mail, events and personal links. */
export interface Services {
  readonly dynamoDb: DynamoDb;
  readonly store: Store;
  readonly registry: RegistryStub;
  readonly links: Links;
  readonly mailbox: Mailbox;
  readonly events: EventPage;
  close(): Promise<void>;
}

/** Starts the services on loopback, with the data of the folder if there is one. */
export async function startServices(
  options: Pick<RuntimeOptions, 'dataFolder' | 'ports' | 'registryFile' | 'hooks'>,
  clock: VirtualClock,
  onWrite: (written: readonly WrittenKey[]) => void,
): Promise<Services> {
  const { dataFolder, ports, hooks } = options;
  const dynamoDb = await startDynamoDb({ folder: dataFolder?.path, port: ports?.dynamoDb, onWrite });
  const client = new DynamoDBClient(clientOf(dynamoDb));
  hooks?.onClient?.(client);
  await createTable(client, tableName);
  const registry = await startRegistryStub({ file: options.registryFile });
  return {
    dynamoDb,
    store: createStore(documentClient(client), tableName, clock),
    registry,
    links: keyedLinks(linkKey(dataFolder)),
    mailbox: openMailbox({
      clock,
      from: 'onboarding@platform.example',
      ...(dataFolder === undefined ? {} : { folder: dataFolder.file('mailbox') }),
    }),
    events: openEventPage(dataFolder?.file('events')),
    close: async () => {
      client.destroy();
      await dynamoDb.close();
      await registry.close();
    },
  };
}

/** Creates the key of the personal links once and keeps it in the data folder. */
function linkKey(folder: DataFolder | undefined): Uint8Array {
  const file = folder?.file('link.key');
  if (file === undefined) return randomBytes(32);
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600 });
  return readFileSync(file);
}
