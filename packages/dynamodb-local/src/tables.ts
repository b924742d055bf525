import { type Table, validationError } from 'dynalite/db/index.js';
import { DynamoDbFault } from './faults.ts';
import type { HeldTable } from './memory-store.ts';
import {
  type Answer,
  type Body,
  CREATE_TABLE,
  DESCRIBE_TABLE,
  parseRequest,
  performNow,
} from './operations.ts';
import { textLength } from './request-rules.ts';
import type { LogRecord } from './write-log.ts';
import { notLogged, type WriteSide } from './writes.ts';

/**
 * Creates a table that is ready at once. dynalite describes the table, but on a store of its own: it would
 * come back to it by a timer to declare it ready, perhaps after it has been deleted.
 * @throws DynamoDbFault ResourceInUseException
 */
export function createTable(side: WriteSide, body: Body): Answer {
  const { store } = side;
  const { request } = parseRequest(CREATE_TABLE, body, store.asDynaliteStore());
  if (store.table(request.TableName) !== undefined) {
    throw new DynamoDbFault('ResourceInUseException', `Table already exists: ${request.TableName}`);
  }
  const apart = {
    ...store.asDynaliteStore(),
    tableDb: {
      ...store.asDynaliteStore().tableDb,
      put: (_name: string, _table: Table, done: (error: null) => void) => done(null),
    },
  };
  const described = structuredClone(performNow(CREATE_TABLE, apart, request).TableDescription);
  const description = {
    ...described,
    TableStatus: 'ACTIVE',
    ...(described.GlobalSecondaryIndexes === undefined
      ? {}
      : {
          GlobalSecondaryIndexes: described.GlobalSecondaryIndexes.map((index) => ({
            ...index,
            IndexStatus: 'ACTIVE',
          })),
        }),
  };
  append(side, tableRecord(description, undefined));
  store.addTable(description, undefined);
  return { TableDescription: description };
}

/** Deletes a table and everything in it, at once. */
export function deleteTable(side: WriteSide, body: Body): Answer {
  const { description } = describedTable(side, body);
  append(side, { kind: 'table-deleted', table: description.TableName });
  side.store.removeTable(description.TableName);
  return { TableDescription: { ...description, TableStatus: 'DELETING' } };
}

/** Source: https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TimeToLiveSpecification.html */
const MAX_ATTRIBUTE_NAME = 255;

/** Notes which attribute says when an item expires. Nothing expires here: DynamoDB promises no moment either. */
export function updateTimeToLive(side: WriteSide, body: Body): Answer {
  const { description, timeToLiveAttribute } = describedTable(side, { TableName: body['TableName'] });
  const specification = body['TimeToLiveSpecification'];
  if (
    typeof specification !== 'object' ||
    specification === null ||
    !('Enabled' in specification && 'AttributeName' in specification) ||
    typeof specification.AttributeName !== 'string'
  ) {
    throw new DynamoDbFault('ValidationException', 'TimeToLiveSpecification needs Enabled and AttributeName');
  }
  const { Enabled: enabled, AttributeName: name } = specification;
  const message =
    textLength('timeToLiveSpecification.attributeName', name, MAX_ATTRIBUTE_NAME) ??
    ((enabled === true) === (timeToLiveAttribute !== undefined)
      ? `TimeToLive is already ${enabled === true ? 'enabled' : 'disabled'}`
      : undefined);
  if (message !== undefined) throw validationError(message);
  const attribute = enabled === true ? name : undefined;
  append(side, tableRecord(description, attribute));
  side.store.addTable(description, attribute);
  return { TimeToLiveSpecification: specification };
}

export function describeTimeToLive(side: WriteSide, body: Body): Answer {
  const attribute = describedTable(side, body).timeToLiveAttribute;
  return {
    TimeToLiveDescription:
      attribute === undefined
        ? { TimeToLiveStatus: 'DISABLED' }
        : { TimeToLiveStatus: 'ENABLED', AttributeName: attribute },
  };
}

/** A table as the log keeps it. */
export function tableRecord(description: Table, timeToLiveAttribute: string | undefined): LogRecord {
  return { kind: 'table', description, timeToLiveAttribute };
}

/** The table a request names; refuses as DescribeTable does. */
function describedTable({ store }: WriteSide, body: Body): HeldTable {
  const view = store.asDynaliteStore();
  const { request } = parseRequest(DESCRIBE_TABLE, { ...body }, view);
  performNow(DESCRIBE_TABLE, view, request);
  return store.requireTable(request.TableName);
}

function append({ log }: WriteSide, record: LogRecord): void {
  try {
    log.append(record);
  } catch (error) {
    throw notLogged(error);
  }
}
