import type { PlatformConfiguration } from '../domain/platform-configuration.ts';
import type { Clock } from '../platform/clock.ts';
import type { Ids } from '../platform/ids.ts';
import type { Workflow } from '../platform/workflow.ts';
import type { Store } from '../store/store.ts';

/** The dependencies of the use cases. */
export interface ApplicationDependencies {
  readonly store: Store;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly workflow: Workflow;
  readonly platform: PlatformConfiguration;
}
