import * as z from 'zod';
import {
  type ProConnectSettings,
  proConnectOf,
} from '../../../../functions/web/shared/identity/proconnect.ts';
import { proConnectClient, proConnectIssuer } from '../../../../infra/local/web/proconnect/provider.ts';
import type { Browser, startTrialServer } from '../../../support/trial.ts';

type Server = Pick<Awaited<ReturnType<typeof startTrialServer>>, 'origin' | 'browser'>;

/** How the system is registered at the ProConnect of this machine. */
export function registeredAt(origin: string): ProConnectSettings {
  return {
    issuer: proConnectIssuer(origin),
    clientId: proConnectClient.id,
    clientSecret: async () => proConnectClient.secret,
    algorithm: proConnectClient.algorithm,
    callback: `${origin}/identity/proconnect/callback`,
    signedOut: `${origin}/`,
  };
}

/** Chooses a person at ProConnect; gives the address to which the browser is sent back. */
export async function chooseAt(browser: Browser, authorization: URL, person: string): Promise<URL> {
  let at = authorization.href;
  for (let hops = 0; hops < 8; hops += 1) {
    if (new URL(at).pathname === '/identity/proconnect/callback') return new URL(at);
    const isChoice = new URL(at).pathname.startsWith('/proconnect/interaction/');
    const answer = isChoice
      ? await browser.post(new URL(at).pathname, { account: person })
      : await browser.get(at);
    const next = answer.headers.get('location');
    if (next === null) throw new Error(`ProConnect answers ${answer.status} at ${new URL(at).pathname}`);
    at = new URL(next, at).href;
  }
  throw new Error('ProConnect leads nowhere');
}

/** Signs someone in; gives what is needed to complete it. */
export async function signInAt({ origin, browser }: Server, person = 'claire') {
  const proConnect = proConnectOf(registeredAt(origin));
  const { url, attempt } = await proConnect.begin(false);
  return { proConnect, url, attempt, callback: await chooseAt(browser(), url, person) };
}

const tokens = z.looseObject({ access_token: z.string(), id_token: z.string(), expires_in: z.number() });

/** Exchanges a code by hand. */
export async function exchange(origin: string, code: string, secretIn: 'body' | 'header' = 'body') {
  const { id, secret } = proConnectClient;
  const headers = new Headers();
  if (secretIn === 'header') headers.set('Authorization', `Basic ${btoa(`${id}:${secret}`)}`);
  const answer = await fetch(`${proConnectIssuer(origin)}/token`, {
    method: 'POST',
    headers,
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code,
      redirect_uri: `${origin}/identity/proconnect/callback`,
      ...(secretIn === 'body' ? { client_id: id, client_secret: secret } : {}),
    }),
  });
  const body: unknown = await answer.json();
  return { status: answer.status, body, tokens: answer.ok ? tokens.parse(body) : undefined };
}
