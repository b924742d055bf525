import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod/mini';
import type { RegistryRecord } from '../domain/onboarding/records.ts';
import { day } from '../domain/time.ts';
import type { Clock } from './clock.ts';
import { errorName, type Logger } from './log.ts';

/** The public registry's record of an organisation, without its directors or elected members. */
export interface RegistryFacts {
  readonly legalName: string;
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

const text = z.optional(z.nullable(z.string()));
const answer = z.object({
  results: z.array(
    z.object({
      siren: z.string(),
      nom_complet: z.string(),
      nature_juridique: text,
      activite_principale: text,
      activite_principale_naf25: text,
      tranche_effectif_salarie: text,
      categorie_entreprise: text,
      etat_administratif: z.enum(['A', 'C']),
      siege: z.optional(
        z.object({ siret: text, code_postal: text, libelle_commune: text, departement: text }),
      ),
      complements: z.optional(z.object({ est_administration: z.optional(z.nullable(z.boolean())) })),
    }),
  ),
});
type Entry = z.infer<typeof answer>['results'][number];

export interface RegistrySettings {
  /** Base address of the registry's API, without a final slash. */
  readonly baseUrl: string;
  /** The public service allows 7 requests a second from one address. */
  readonly requestsPerSecond: number;
  /** Time-out of a request in milliseconds. */
  readonly timeout: number;
  readonly userAgent: string;
}

/** Longest `Retry-After`, in seconds, that a look-up waits for. */
const shortPause = 2;
const cacheSize = 1_000;

function given<K extends string, V>(key: K, value: V | null | undefined): { [P in K]?: V } {
  const entry: { [P in K]?: V } = {};
  if (value !== null && value !== undefined) entry[key] = value;
  return entry;
}

function factsOf(entry: Entry): RegistryFacts {
  return {
    legalName: entry.nom_complet,
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

function toAnswer(body: unknown, siren: string): RegistryAnswer {
  const entry = z.parse(answer, body).results.find((result) => result.siren === siren);
  if (entry === undefined) return { status: 'not_found' };
  return { status: entry.etat_administratif === 'A' ? 'active' : 'ceased', facts: factsOf(entry) };
}

function secondsToWait(response: Response): number {
  const seconds = Number(response.headers.get('retry-after') ?? '1');
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : 1;
}

/**
 * Client of the public "API Recherche d'entreprises": rate-limited and cached for a day. It waits for a short `Retry-After`
 * and sends no requests until a long one has passed.
 */
export function createRegistry(settings: RegistrySettings, clock: Clock, logger: Logger): Registry {
  const cache = new Map<string, { readonly until: number; readonly answer: RegistryAnswer }>();
  let nextSlot = 0;
  let closedUntil = 0;

  async function paced(): Promise<void> {
    const now = Date.now();
    const slot = Math.max(now, nextSlot);
    nextSlot = slot + 1000 / settings.requestsPerSecond;
    if (slot > now) await pause(slot - now);
  }

  async function ask(siren: string): Promise<Response> {
    await paced();
    return fetch(`${settings.baseUrl}/search?q=${siren}`, {
      headers: { 'user-agent': settings.userAgent, accept: 'application/json' },
      signal: AbortSignal.timeout(settings.timeout),
    });
  }

  async function fresh(siren: string): Promise<RegistryAnswer> {
    let response = await ask(siren);
    if (response.status === 429) {
      await response.body?.cancel();
      const seconds = secondsToWait(response);
      if (seconds > shortPause) {
        closedUntil = Date.now() + seconds * 1000;
        return { status: 'unavailable' };
      }
      await pause(seconds * 1000);
      response = await ask(siren);
    }
    if (!response.ok) {
      await response.body?.cancel();
      return { status: 'unavailable' };
    }
    return toAnswer(await response.json(), siren);
  }

  return {
    lookUp: async (siren) => {
      const known = cache.get(siren);
      if (known !== undefined && known.until > clock.now().getTime()) return known.answer;
      if (Date.now() < closedUntil) return { status: 'unavailable' };
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
