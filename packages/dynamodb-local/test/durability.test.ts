import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DamagedFileError } from '../src/faults.ts';
import { type DynamoDb, startDynamoDb } from '../src/server.ts';
import { connect, createTestTable, scanAll, TABLE } from './clients.ts';

interface Running {
  readonly db: DynamoDb;
  readonly client: DynamoDBClient;
  readonly documents: DynamoDBDocumentClient;
}

let path: string;
let running: Running | undefined;

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), 'dynamodb-'));
});
afterEach(async () => {
  await stop();
  rmSync(path, { recursive: true });
});

async function start(now = 0): Promise<Running> {
  const db = await startDynamoDb({ folder: path, now: () => now });
  running = { db, ...connect(db.endpoint) };
  return running;
}

async function stop(): Promise<void> {
  running?.client.destroy();
  await running?.db.close();
  running = undefined;
}

async function restart(now = 0): Promise<Running> {
  await stop();
  return start(now);
}

const contents = async ({ documents }: Running) => ({
  items: byKey(await scanAll(documents)),
  stages: byKey(await scanAll(documents, 'by-stage')),
});
const byKey = (items: Record<string, unknown>[]) =>
  items.toSorted((a, b) => String(a['pk']).localeCompare(String(b['pk'])));

/** Some of everything that writes. */
async function writeSomething({ client, documents }: Running): Promise<void> {
  await createTestTable(client);
  const puts = Array.from({ length: 25 }, (_, n) => ({
    PutRequest: { Item: { pk: `b${n}`, sk: 'a', stage: 'INVITED', since: `${n}` } },
  }));
  await documents.send(new BatchWriteCommand({ RequestItems: { [TABLE]: puts } }));
  await documents.send(
    new PutCommand({ TableName: TABLE, Item: { pk: 'é', sk: 'a', set: new Set([1, 2]) } }),
  );
  await documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'b1', sk: 'a' } }));
  for (let n = 0; n < 3; n += 1) {
    await documents.send(
      new UpdateCommand({
        TableName: TABLE,
        Key: { pk: 'b2', sk: 'a' },
        UpdateExpression: 'ADD visits :one SET stage = :answering',
        ExpressionAttributeValues: { ':one': 1, ':answering': 'ANSWERING' },
      }),
    );
  }
  await book(documents, 'booking', 'token');
}

const book = (documents: DynamoDBDocumentClient, pk: string, token: string) =>
  documents.send(
    new TransactWriteCommand({
      ClientRequestToken: token,
      TransactItems: [
        { Put: { TableName: TABLE, Item: { pk, sk: 'a' }, ConditionExpression: 'attribute_not_exists(pk)' } },
        { Delete: { TableName: TABLE, Key: { pk: 'b3', sk: 'a' } } },
      ],
    }),
  );

describe('what was answered', () => {
  it('is there after a restart, and after the one that compacts it', async () => {
    const first = await start();
    await writeSomething(first);
    const before = await contents(first);
    expect(before.items).toHaveLength(25);
    expect(before.stages).toHaveLength(23);
    expect(await contents(await restart())).toEqual(before);
    expect(await contents(await restart())).toEqual(before);
    expect(readFileSync(join(path, 'dynamodb.log'), 'utf8').trim().split('\n')).toHaveLength(1);
  });

  it('is there when an earlier release wrote it, with its request tokens', async () => {
    cpSync(join(import.meta.dirname, 'earlier-release'), path, { recursive: true });
    const { client, documents } = await start(2_000);
    const state = {
      n: 1.5,
      b: Uint8Array.of(0, 1, 2),
      l: [false, null],
      s: new Set(['x', 'y']),
    };
    expect(byKey(await scanAll(documents))).toEqual([
      { pk: 'booking', sk: 'a' },
      { pk: 'é', sk: 'a', stage: 'ANSWERING', since: '1', all: state },
    ]);
    expect(await scanAll(documents, 'by-stage')).toEqual([
      { pk: 'é', sk: 'a', stage: 'ANSWERING', since: '1' },
    ]);
    const ttl = await client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
    expect(ttl.TimeToLiveDescription).toMatchObject({ AttributeName: 'expires' });
    const same = new TransactWriteCommand({
      ClientRequestToken: 'once',
      TransactItems: [
        { Put: { TableName: TABLE, Item: { pk: 'booking', sk: 'a' } } },
        { Delete: { TableName: TABLE, Key: { pk: 'gone', sk: 'a' } } },
      ],
    });
    await expect(documents.send(same)).resolves.toBeDefined();
  });

  it('includes deleted tables and expiry attributes', async () => {
    const { client } = await start();
    await createTestTable(client);
    await createTestTable(client, 'doomed');
    await client.send(
      new UpdateTimeToLiveCommand({
        TableName: TABLE,
        TimeToLiveSpecification: { Enabled: true, AttributeName: 'expires' },
      }),
    );
    await client.send(new DeleteTableCommand({ TableName: 'doomed' }));
    await restart();
    const again = await restart();
    const ttl = await again.client.send(new DescribeTimeToLiveCommand({ TableName: TABLE }));
    expect(ttl.TimeToLiveDescription).toMatchObject({ AttributeName: 'expires' });
    await createTestTable(again.client, 'doomed');
  });

  it('includes request tokens, for their ten minutes', async () => {
    await writeSomething(await start());
    await restart();
    const again = await restart();
    await expect(book(again.documents, 'booking', 'token')).resolves.toBeDefined();
    await expect(book(again.documents, 'another', 'token')).rejects.toThrow('different parameters');
    const later = await restart(600_000);
    await expect(book(later.documents, 'booking', 'token')).rejects.toThrow('Transaction cancelled');
  });

  it('is there also when the last write was cut off, which then never was', async () => {
    const first = await start();
    await writeSomething(first);
    const before = await contents(first);
    await first.documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'torn', sk: 'a' } }));
    await stop();
    const log = join(path, 'dynamodb.log');
    truncateSync(log, readFileSync(log).length - 5);
    const again = await start();
    expect(await contents(again)).toEqual(before);
    await again.documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'next', sk: 'a' } }));
    expect((await contents(await restart())).items).toHaveLength(26);
  });

  it('survives a crash between the new snapshot and the new log', async () => {
    const first = await start();
    await writeSomething(first);
    const before = await contents(first);
    await stop();
    const oldLog = readFileSync(join(path, 'dynamodb.log'));
    await start();
    await stop();
    writeFileSync(join(path, 'dynamodb.log'), oldLog);
    expect(await contents(await start())).toEqual(before);
    expect(await contents(await restart())).toEqual(before);
  });
});

describe('compaction while the server runs', () => {
  const onDisk = () =>
    readdirSync(path)
      .map((name) => readFileSync(join(path, name), 'utf8'))
      .join('');

  it('takes overwritten and deleted values off the disk, and keeps what is written after it', async () => {
    const first = await start();
    await writeSomething(first);
    const put = (Item: Record<string, unknown>) =>
      first.documents.send(new PutCommand({ TableName: TABLE, Item: { sk: 'a', ...Item } }));
    await put({ pk: 'person', name: 'Jeanne Secret' });
    await put({ pk: 'person', name: 'erased' });
    await put({ pk: 'gone', name: 'Paul Secret' });
    await first.documents.send(new DeleteCommand({ TableName: TABLE, Key: { pk: 'gone', sk: 'a' } }));
    expect(onDisk()).toContain('Secret');
    first.db.compact();
    expect(onDisk()).not.toContain('Secret');
    await put({ pk: 'later' });
    const before = await contents(first);
    expect(await contents(await restart())).toEqual(before);
  });

  it('changes nothing when it cannot be written, and can be repeated', async () => {
    const first = await start();
    await writeSomething(first);
    const inTheWay = join(path, 'dynamodb.snapshot.new');
    mkdirSync(inTheWay);
    expect(() => first.db.compact()).toThrow('EISDIR');
    await first.documents.send(new PutCommand({ TableName: TABLE, Item: { pk: 'later', sk: 'a' } }));
    const before = await contents(first);
    rmSync(inTheWay, { recursive: true });
    first.db.compact();
    expect(readdirSync(path).toSorted()).toEqual(['dynamodb.log', 'dynamodb.snapshot']);
    expect(await contents(await restart())).toEqual(before);
  });
});

describe('damaged files', () => {
  async function damaged(file: string, damage: (path: string) => void): Promise<string> {
    await writeSomething(await start());
    await restart();
    await (running ?? (await start())).documents.send(
      new PutCommand({ TableName: TABLE, Item: { pk: 'later', sk: 'a' } }),
    );
    await (running ?? (await start())).documents.send(
      new PutCommand({ TableName: TABLE, Item: { pk: 'last', sk: 'a' } }),
    );
    await stop();
    damage(join(path, file));
    const read = (name: string) => {
      try {
        return readFileSync(join(path, name), 'utf8');
      } catch {
        return 'none';
      }
    };
    const before = [read('dynamodb.log'), read('dynamodb.snapshot')];
    const error = await start().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(DamagedFileError);
    expect([read('dynamodb.log'), read('dynamodb.snapshot')]).toEqual(before);
    const message = error instanceof Error ? error.message : '';
    expect(message.split('\n')).toHaveLength(1);
    expect(message).toContain(join(path, file));
    return message;
  }
  const flip = (at: (length: number) => number) => (file: string) => {
    const bytes = readFileSync(file);
    const position = at(bytes.length);
    bytes[position] = (bytes[position] ?? 0) ^ 1;
    writeFileSync(file, bytes);
  };

  it('stop the start: a byte changed in the middle of the log', async () => {
    expect(
      await damaged(
        'dynamodb.log',
        flip((length) => Math.floor(length / 2)),
      ),
    ).toContain('line 2');
  });

  it('stop the start: a byte changed in the last whole line of the log', async () => {
    expect(
      await damaged(
        'dynamodb.log',
        flip((length) => length - 10),
      ),
    ).toContain('line 3');
  });

  it('stop the start: a byte changed in the snapshot', async () => {
    expect(
      await damaged(
        'dynamodb.snapshot',
        flip((length) => Math.floor(length / 2)),
      ),
    ).toContain('checksum');
  });

  it.each([1, 40, 400])('stop the start: %i bytes missing at the end of the snapshot', async (missing) => {
    const cut = (file: string) => truncateSync(file, readFileSync(file).length - missing);
    expect(await damaged('dynamodb.snapshot', cut)).toContain('its end is missing');
  });

  it('stop the start: a line added to the log by another program', async () => {
    expect(await damaged('dynamodb.log', (file) => appendFileSync(file, 'hello\n'))).toContain('line 4');
  });

  it('stop the start: a missing log', async () => {
    expect(await damaged('dynamodb.log', (file) => rmSync(file))).toContain('it is missing');
  });

  it('stop the start: a missing snapshot, with the log that needs it named', async () => {
    const remove = () => rmSync(join(path, 'dynamodb.snapshot'));
    expect(await damaged('dynamodb.log', remove)).toContain('dynamodb.snapshot it goes on from is missing');
  });
});
