export type { AttributeValue, Item } from 'dynalite/db/index.js';
export { DamagedFileError, PortInUseError } from './faults.ts';
export { itemSize } from './item-size.ts';
export {
  type DynamoDb,
  type DynamoDbOptions,
  startDynamoDb,
  type WireAnswer,
  type WireAnswerer,
} from './server.ts';
export type { WrittenKey } from './writes.ts';
