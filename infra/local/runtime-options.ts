import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WrittenKey } from '@onboarding/dynamodb-local';
import type { Edge } from '@onboarding/step-functions-local';
import type { CustomerIdentity } from '../../functions/domain/onboarding/customer-identity.ts';
import type { PlatformConfiguration } from '../../functions/domain/platform-configuration.ts';
import type { Wave } from '../../functions/domain/waves/wave.ts';
import type { Ids } from '../../functions/platform/ids.ts';
import type { TaskName } from '../../workflows/tasks.ts';
import type { DataFolder } from './data-folder.ts';

/** A port, or one to take if it is free. */
type Port = number | { readonly preferred: number };

export interface RuntimeOptions {
  /** Without it no data outlives the process. */
  readonly dataFolder?: DataFolder;
  /** Start of the clock, unless the data folder contains a later time. */
  readonly from: Date;
  /** Simulated seconds a real second; with 0 the clock moves only by jumps. */
  readonly timeScale: number;
  /** The clock only jumps until `clock.run()` is called. */
  readonly held?: boolean;
  /** The clock runs no farther by itself. */
  readonly until?: Date;
  readonly platform: PlatformConfiguration;
  /** Waves to add to the calendar; existing ones are not changed. */
  readonly calendar: readonly Wave[];
  readonly registryFile: string;
  /** The workflow definition of new runs; default the current file. */
  readonly definition?: Record<string, unknown>;
  readonly publicUrl?: string;
  readonly ports?: { readonly dynamoDb?: Port; readonly stepFunctions?: Port };
  readonly ids?: Ids;
  readonly log?: (line: string) => void;
  /** Receives metrics, one line each; without it they are dropped. */
  readonly onMetric?: (line: string) => void;
  /** Days that personal data is kept after an onboarding was closed. */
  readonly retentionDays?: number;
  /** What is asked of whoever answers for a customer beside the link; nothing unless given. */
  readonly customerIdentity?: CustomerIdentity;
  /** Called when the journal of the workflow cannot be written: the process has to end, and nothing is answered. */
  readonly onJournalFailure?: (failure: Error) => void;
  readonly hooks?: RuntimeHooks;
}

/** Hooks for tests and benchmarks. */
export interface RuntimeHooks {
  readonly onWrite?: (written: readonly WrittenKey[]) => void;
  readonly onClient?: (client: DynamoDBClient) => void;
  readonly onEdge?: (edge: Edge) => void;
  /** Called around each task; its exceptions become those of the task. */
  readonly beforeTask?: (task: TaskName, payload: unknown) => void | Promise<void>;
  readonly afterTask?: (task: TaskName, payload: unknown) => void | Promise<void>;
}
