import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { RegistryRecord } from '../domain/onboarding/records.ts';
import { day } from '../domain/time.ts';
import type { Clock } from './clock.ts';
import { errorName, type Logger } from './log.ts';

/** The public registry's record of an organisation, without its directors or elected members. */
export interface RegistryFacts {
  readonly legalName?: string;
  /** INSEE legal category, four digits. */
  readonly legalCategory?: string;
  /** Activity code in the nomenclature in force before 2027 (NAF rev. 2). */
  readonly naf?: string;
  /** Activity code in NAF 2025. */
  readonly naf25?: string;
  readonly staffBand?: string;
  readonly sizeCategory?: string;
  readonly headOffice?: string;
  readonly postalCode?: string;
  readonly city?: string;
  readonly department?: string;
  readonly isAdministration?: boolean;
}

export interface RegistryAnswer {
  /** `not_found` does not mean "does not exist": an organisation may refuse publication. */
  readonly status: 'active' | 'ceased' | 'not_found' | 'unavailable';
  readonly facts?: RegistryFacts;
}

export interface Registry {
  /** Never throws: if the registry is unavailable, the onboarding continues with that status. */
  lookUp(siren: string): Promise<RegistryAnswer>;
}

/** A fact that is missing, null or of another type is not known; the rest of the answer stands. */
const text = z.catch(z.optional(z.nullable(z.string())), undefined);
const answer = z.object({ results: z.array(z.unknown()) });
const named = z.object({ siren: z.string() });
const entry = z.object({
  nom_complet: text,
  nature_juridique: text,
  activite_principale: text,
  activite_principale_naf25: text,
  tranche_effectif_salarie: text,
  categorie_entreprise: text,
  etat_administratif: text,
  siege: z.catch(
    z.optional(
      z.nullable(z.object({ siret: text, code_postal: text, libelle_commune: text, departement: text })),
    ),
    undefined,
  ),
  complements: z.catch(
    z.optional(
      z.nullable(z.object({ est_administration: z.catch(z.optional(z.nullable(z.boolean())), undefined) })),
    ),
    undefined,
  ),
});
type Entry = z.infer<typeof entry>;

export interface RegistrySettings {
  /** Base address of the registry's API, without a final slash. */
  readonly baseUrl: string;
  /** The public service allows 7 requests a second from one address. */
  readonly requestsPerSecond: number;
  /** Time-out of a request in milliseconds. */
  readonly timeout: number;
  readonly userAgent: string;
}

/** Longest pause asked for that a look-up waits out, in milliseconds. */
const longestWait = 2_000;
/** The pause after an answer that says "too many requests" and no more, in milliseconds. */
const defaultPause = 1_000;
const cacheSize = 1_000;

function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  const entry: { [P in K]?: V } = {};
  if (value !== null && value !== undefined) entry[key] = value;
  return entry;
}

function factsOf(entry: Entry): RegistryFacts {
  return {
    ...given('legalName', entry.nom_complet),
    ...given('legalCategory', entry.nature_juridique),
    ...given('naf', entry.activite_principale),
    ...given('naf25', entry.activite_principale_naf25),
    ...given('staffBand', entry.tranche_effectif_salarie),
    ...given('sizeCategory', entry.categorie_entreprise),
    ...given('headOffice', entry.siege?.siret),
    ...given('postalCode', entry.siege?.code_postal),
    ...given('city', entry.siege?.libelle_commune),
    ...given('department', entry.siege?.departement),
    ...given('isAdministration', entry.complements?.est_administration),
  };
}

/** What the register says of one organisation; other results of the search, whatever their form, do not matter. */
function toAnswer(body: unknown, siren: string): RegistryAnswer {
  const found = z.parse(answer, body).results.find((result) => {
    const one = z.safeParse(named, result);
    return one.success && one.data.siren === siren;
  });
  if (found === undefined) return { status: 'not_found' };
  const facts = z.parse(entry, found);
  const status = statuses.get(facts.etat_administratif ?? '') ?? 'unavailable';
  return { status, facts: factsOf(facts) };
}

/** Without its state, the facts of an organisation are kept, and the register has not said whether it is active. */
const statuses: ReadonlyMap<string, RegistryAnswer['status']> = new Map([
  ['A', 'active'],
  ['C', 'ceased'],
]);

/** Longest time that a `Retry-After` closes the registry for: a mistaken one must not last until the next release. */
const longestClosing = day;

/**
 * The milliseconds to wait before the next request, from `Retry-After` in seconds or as a date (RFC 9110, 10.2.3);
 * undefined without one that can be read. A date counts from the `Date` of the answer: clocks may differ.
 */
function pauseAsked({ headers }: Response, now: number): number | undefined {
  const written = headers.get('retry-after')?.trim();
  if (written === undefined || written === '') return undefined;
  if (/^\d+(?:\.\d+)?$/.test(written)) return Math.min(Number(written) * 1000, longestClosing);
  const sent = Date.parse(headers.get('date') ?? '');
  const until = /^[A-Z][a-z]{2,8},? /.test(written) ? Date.parse(written) : Number.NaN;
  if (Number.isNaN(until)) return undefined;
  return Math.min(Math.max(until - (Number.isNaN(sent) ? now : sent), 0), longestClosing);
}

/** The network and the real time: the pace of requests does not follow the clock of the system. */
interface Surroundings {
  readonly fetch: typeof globalThis.fetch;
  readonly now: () => number;
  readonly pause: (milliseconds: number) => Promise<unknown>;
}

const real: Surroundings = { fetch: (...request) => globalThis.fetch(...request), now: Date.now, pause };

/** Requests to the registry at its pace; undefined while it has asked for a longer pause than a look-up waits. */
function createPacedRequests(settings: RegistrySettings, { fetch, now, pause }: Surroundings) {
  let nextSlot = 0;
  let closedUntil = 0;

  async function paced(): Promise<void> {
    const slot = Math.max(now(), nextSlot);
    nextSlot = slot + 1000 / settings.requestsPerSecond;
    if (slot > now()) await pause(slot - now());
  }

  /** Waits out a short pause that the registry asked any call for. */
  async function isOpen(): Promise<boolean> {
    for (let wait = closedUntil - now(); wait > 0; wait = closedUntil - now()) {
      if (wait > longestWait) return false;
      await pause(wait);
    }
    return true;
  }

  async function ask(siren: string): Promise<Response | undefined> {
    if (!(await isOpen())) return undefined;
    await paced();
    if (!(await isOpen())) return undefined;
    const response = await fetch(`${settings.baseUrl}/search?q=${siren}`, {
      headers: { 'user-agent': settings.userAgent, accept: 'application/json' },
      signal: AbortSignal.timeout(settings.timeout),
    });
    const asked = pauseAsked(response, now()) ?? (response.status === 429 ? defaultPause : 0);
    closedUntil = Math.max(closedUntil, now() + asked);
    return response;
  }

  return ask;
}

/** Answers that a second request, after the pause asked for, may better. */
const busy = [429, 503];

/**
 * Client of the public "API Recherche d'entreprises": rate-limited and cached for a day. Whatever it answers, a
 * `Retry-After` holds for every later look-up: a short pause is waited out, and no request is sent until a long one has
 * passed.
 */
export function createRegistry(
  settings: RegistrySettings,
  clock: Clock,
  logger: Logger,
  surroundings: Surroundings = real,
): Registry {
  const cache = new Map<string, { readonly until: number; readonly answer: RegistryAnswer }>();
  const ask = createPacedRequests(settings, surroundings);

  async function fresh(siren: string): Promise<RegistryAnswer> {
    let response = await ask(siren);
    if (response !== undefined && busy.includes(response.status)) {
      await response.body?.cancel();
      response = await ask(siren);
    }
    if (response?.ok === true) return toAnswer(await response.json(), siren);
    await response?.body?.cancel();
    return { status: 'unavailable' };
  }

  return {
    lookUp: async (siren) => {
      const known = cache.get(siren);
      if (known !== undefined && known.until > clock.now().getTime()) return known.answer;
      try {
        const found = await fresh(siren);
        if (found.status === 'unavailable') {
          logger.log('registry_unavailable', {});
          return found;
        }
        if (cache.size >= cacheSize) cache.clear();
        cache.set(siren, { until: clock.now().getTime() + day, answer: found });
        return found;
      } catch (error) {
        logger.log('registry_unavailable', { error: errorName(error) });
        return { status: 'unavailable' };
      }
    },
  };
}

/** What the registry said, as an intake records it. */
export function registryRecord(answer: RegistryAnswer, at: Date): RegistryRecord {
  return {
    status: answer.status,
    checkedAt: at.toISOString(),
    ...(answer.facts === undefined ? {} : { facts: { ...answer.facts } }),
  };
}
