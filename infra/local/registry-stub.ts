import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import * as z from 'zod';

const text = z.string().nullable();
/** Organisations by SIREN in the format of the public registry, without directors or elected members. */
const organisations = z.record(
  z.string().regex(/^\d{9}$/),
  z.strictObject({
    siren: z.string(),
    nom_complet: z.string(),
    nature_juridique: text,
    activite_principale: text,
    activite_principale_naf25: text,
    tranche_effectif_salarie: text,
    categorie_entreprise: text,
    etat_administratif: z.enum(['A', 'C']),
    siege: z.strictObject({ siret: text, code_postal: text, libelle_commune: text, departement: text }),
    complements: z.strictObject({ est_administration: z.boolean() }),
  }),
);
type Organisations = z.infer<typeof organisations>;

/** Faults of the registry: broken connections, late responses, or too many requests. */
type RegistryFault =
  | { readonly kind: 'down' }
  | { readonly kind: 'slow' }
  | {
      readonly kind: 'too_many';
      /** Value of `Retry-After` in seconds; no header if absent. */
      readonly retryAfter?: number;
      /** Number of requests rejected before the fault ends by itself; unlimited if absent. */
      readonly times?: number;
    };

export interface RegistryStub {
  /** Base address, without a final slash. */
  readonly baseUrl: string;
  /** Sets the fault from the next request on; undefined ends it. */
  setFault(fault: RegistryFault | undefined): void;
  close(): Promise<void>;
}

/** Longer than any client waits for the registry. */
const slowAnswer = 30_000;

/**
 * Serves the part of the "API Recherche d'entreprises" that the system uses, `GET /search?q=<siren>`, from a file of
 * organisations on the loopback address.
 *
 * @throws Error when the file is missing or an entry does not have the registry's format.
 */
export async function startRegistryStub({
  file,
  port = 0,
}: {
  readonly file: string;
  readonly port?: number;
}): Promise<RegistryStub> {
  const known = organisations.parse(JSON.parse(await readFile(file, 'utf8')));
  let fault: RegistryFault | undefined;
  let turnedAway = 0;
  const late = new Set<NodeJS.Timeout>();

  function suffer(response: ServerResponse, reply: () => void, suffered: RegistryFault): void {
    if (suffered.kind === 'down') {
      response.destroy();
      return;
    }
    if (suffered.kind === 'slow') {
      const timer = setTimeout(reply, slowAnswer);
      late.add(timer);
      response.on('close', () => {
        clearTimeout(timer);
        late.delete(timer);
      });
      return;
    }
    turnedAway += 1;
    if (suffered.times !== undefined && turnedAway >= suffered.times) fault = undefined;
    if (suffered.retryAfter !== undefined) response.setHeader('retry-after', String(suffered.retryAfter));
    send(response, { status: 429, body: { erreur: 'Trop de requêtes' } });
  }

  const server = createServer((request, response) => {
    request.resume();
    const url = new URL(request.url ?? '/', 'http://registry');
    const reply = () => send(response, replyTo(request.method, url, known));
    if (fault === undefined) reply();
    else suffer(response, reply, fault);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;

  return {
    baseUrl: `http://127.0.0.1:${bound}`,
    setFault: (next) => {
      fault = next;
      turnedAway = 0;
    },
    close: () =>
      new Promise((resolve, reject) => {
        for (const timer of late) clearTimeout(timer);
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
}

function replyTo(method: string | undefined, url: URL, known: Organisations): Reply {
  if (url.pathname !== '/search') return { status: 404, body: { erreur: 'Adresse inconnue' } };
  if (method !== 'GET') return { status: 405, body: { erreur: 'Méthode non autorisée' } };
  const asked = url.searchParams.get('q')?.trim() ?? '';
  if (asked === '') {
    return { status: 400, body: { erreur: 'Veuillez indiquer un paramètre de recherche' } };
  }
  const found = Object.hasOwn(known, asked) ? known[asked] : undefined;
  const results = found === undefined ? [] : [found];
  return {
    status: 200,
    body: { results, total_results: results.length, page: 1, per_page: 10, total_pages: 1 },
  };
}

function send(response: ServerResponse, { status, body }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}
