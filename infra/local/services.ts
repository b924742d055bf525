import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type DynamoDb, startDynamoDb, type WrittenKey } from '@onboarding/dynamodb-local';
import { keyedLinks, type Links } from '../../functions/platform/links.ts';
import { localSealKey, type SealKey } from '../../functions/platform/seal-key.ts';
import { documentClient } from '../../functions/store/dependencies.ts';
import { createStore, type Store } from '../../functions/store/store.ts';
import type { NoteUnreadable } from '../../functions/store/unreadable.ts';
import { clientOf } from './aws-client.ts';
import { type EventPage, openEventPage } from './event-page.ts';
import { linkKey } from './link-key.ts';
import { localMailSender, type Mailbox, openMailbox } from './mailbox.ts';
import { type RegistryStub, startRegistryStub } from './registry-stub.ts';
import type { RuntimeOptions } from './runtime-options.ts';
import { privateSealKey } from './seal-key.ts';
import { createTable } from './table.ts';
import type { VirtualClock } from './virtual-clock.ts';

export const tableName = 'onboarding';

/** What the system uses besides its workflow engine: the table, the registry, mail, events and personal links. */
export interface Services {
  readonly dynamoDb: DynamoDb;
  readonly store: Store;
  readonly registry: RegistryStub;
  readonly links: Links;
  readonly sealKey: SealKey;
  readonly mailbox: Mailbox;
  readonly events: EventPage;
  close(): Promise<void>;
}

/** Starts the services on loopback, with the data of the folder if there is one. */
export async function startServices(
  options: Pick<RuntimeOptions, 'dataFolder' | 'ports' | 'registryFile' | 'hooks'>,
  clock: VirtualClock,
  onWrite: (written: readonly WrittenKey[]) => void,
  note: NoteUnreadable,
): Promise<Services> {
  const { dataFolder, ports, hooks } = options;
  await using started = new AsyncDisposableStack();
  const links = keyedLinks(linkKey(dataFolder));
  const sealKey = localSealKey(privateSealKey(dataFolder));
  const mailbox = openMailbox({
    clock,
    from: localMailSender.address,
    ...(dataFolder === undefined ? {} : { folder: dataFolder.file('mailbox') }),
  });
  const events = openEventPage(dataFolder?.file('events'));
  const registry = await startRegistryStub({ file: options.registryFile });
  started.defer(() => registry.close());
  const dynamoDb = await startDynamoDb({ folder: dataFolder?.path, port: ports?.dynamoDb, onWrite });
  started.defer(() => dynamoDb.close());
  const client = new DynamoDBClient(clientOf(dynamoDb));
  started.defer(() => client.destroy());
  hooks?.onClient?.(client);
  await createTable(client, tableName);
  const store = createStore(documentClient(client), tableName, clock, note);
  const running = started.move();
  return { dynamoDb, store, registry, links, sealKey, mailbox, events, close: () => running.disposeAsync() };
}
