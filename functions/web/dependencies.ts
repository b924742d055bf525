import type { CommandDependencies } from '../commands/dependencies.ts';
import type { Links } from '../platform/links.ts';
import type { Logger } from '../platform/log.ts';
import type { Site } from './http/site.ts';
import type { IdentityProvider } from './sign-in/identity-provider.ts';

/** What the pages work with. */
export interface WebDependencies extends CommandDependencies {
  readonly logger: Logger;
  readonly links: Links;
  readonly site: Site;
  readonly identity: IdentityProvider;
  /** Whom people may write to when no other contact is known. */
  readonly contact: string;
}
