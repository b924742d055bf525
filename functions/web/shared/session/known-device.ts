import { timingSafeEqual } from 'node:crypto';
import { getCookie } from 'hono/cookie';
import { deviceLife } from '../../../domain/onboarding/customer-identity.ts';
import { second } from '../../../domain/time.ts';
import type { WebDependencies } from '../dependencies.ts';
import type { WebContext } from '../http/web-app.ts';
import type { Customer } from './access.ts';

/** The beginning of its name: each onboarding has one of its own, because a contact may have several. */
export const deviceCookie = 'device-';
export const deviceSeconds = deviceLife / second;

type Dependencies = Pick<WebDependencies, 'links' | 'site' | 'clock' | 'customerIdentity'>;
type Holder = Pick<Customer, 'reference' | 'person' | 'link'>;

/** For whom and until when a device is known, under which setting: a link that is replaced or revoked makes it void. */
function digestOf(
  { links, customerIdentity }: Dependencies,
  { reference, person, link }: Holder,
  until: string,
): Promise<string> {
  return links.device([customerIdentity, reference, person?.id ?? '', link, until].join(':'));
}

/** A cookie as it is set. */
export interface NewCookie {
  readonly name: string;
  readonly value: string;
  readonly seconds: number;
}

/** The cookie by which a device is known on which someone has just shown who they are. */
export async function knownDevice(deps: Dependencies, holder: Holder): Promise<NewCookie> {
  const until = String(Math.floor(deps.clock.now().getTime() / second) + deviceSeconds);
  return {
    name: deps.site.cookie.name(`${deviceCookie}${holder.reference}`),
    value: `${until}.${await digestOf(deps, holder, until)}`,
    seconds: deviceSeconds,
  };
}

/** True on a device on which the holder of the link has shown who they are, in the last 90 days. Reads nothing. */
export async function isKnownDevice(c: WebContext, deps: Dependencies, holder: Holder): Promise<boolean> {
  const cookie = getCookie(c, deps.site.cookie.name(`${deviceCookie}${holder.reference}`)) ?? '';
  const [, until = '', digest = ''] = /^(\d{1,12})\.([\w-]{43})$/.exec(cookie) ?? [];
  if (until === '' || Number(until) * second <= deps.clock.now().getTime()) return false;
  const expected = await digestOf(deps, holder, until);
  return expected.length === digest.length && timingSafeEqual(Buffer.from(digest), Buffer.from(expected));
}
