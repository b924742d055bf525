import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dmarcPolicy, spfPolicy } from '../../../functions/domain/mail-sender.ts';
import { silenceDays } from '../../../functions/domain/onboarding/durations.ts';
import type { Retention } from '../../../functions/domain/trust/publication.ts';
import { sampleTrustRecord } from '../../../functions/domain/trust/sample-trust-record.ts';
import { objectiveCodes } from '../../../functions/domain/trust/trust-record.ts';
import { mailSenderFromEnvironment } from '../../../functions/platform/environment.ts';
import { publicationFromFile } from '../../../functions/platform/publication.ts';
import { createApp } from '../../../functions/web/app.ts';
import { stageNamed } from '../../../infra/aws/config/stages.ts';
import { sirens } from '../../support/canaries.ts';
import { filesOf, firstViewBytes, htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial, type Trial } from '../../support/trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const languages = ['fr', 'en'] as const;
const paths = [
  '/trust',
  '/questions',
  '/mail-setup',
  '/privacy',
  '/legal-notices',
  '/accessibility',
  '/cookies',
] as const;

async function read(path: string, language = 'fr'): Promise<string> {
  const response = await trial.browser().get(`${path}?lang=${language}`);
  expect(response.status, path).toBe(200);
  return response.text();
}

describe.each(languages)('the public pages in %s', (language) => {
  it.each(paths)('%s is valid, light, and open to anyone', async (path) => {
    const html = await read(path, language);
    expect(await htmlFaults(html)).toEqual([]);
    expect(firstViewBytes(html)).toBeLessThanOrEqual(14_000);
    expect(1 + filesOf(html).length).toBeLessThanOrEqual(4);
    expect(html).toContain(`<html lang="${language}">`);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });

  it('have titles of their own', async () => {
    const pages = await Promise.all(paths.map((path) => read(path, language)));
    const titles = pages.map((html) => /<title>(.*?)<\/title>/.exec(html)?.[1]);
    expect(new Set(titles).size).toBe(paths.length);
  });

  it('are linked below every page, after the help, which stands in the same place', async () => {
    for (const path of ['/', '/nowhere', '/sign-in/callback', '/f/any', ...paths]) {
      const html = await (await trial.browser().get(`${path}?lang=${language}`)).text();
      const footer = html.slice(html.indexOf('<footer'));
      const help = footer.indexOf(language === 'fr' ? 'Besoin d’aide' : 'Need help');
      expect(help, path).toBeGreaterThan(0);
      for (const each of paths) expect(footer.indexOf(`href="${each}"`), path).toBeGreaterThan(help);
    }
  });
});

describe('the privacy notice', () => {
  async function noticeFor(retention: Retention): Promise<string> {
    const known = await trial.deps.publication();
    const app = createApp({ ...trial.deps, publication: async () => ({ ...known, retention }) });
    return textOf(await (await app.request('/privacy?lang=fr')).text());
  }

  it('states the periods that the stage applies, and none that it has not', async () => {
    const { retention } = stageNamed('prod');
    const text = await noticeFor(retention);
    expect(text).toContain(`${silenceDays.answers} jours sans page enregistrée`);
    expect(text).toContain('3 ans après la clôture du dossier');
    expect(text).toContain('35 jours après leur création');
    expect(text).toContain('1 an après leur écriture');
    expect(text).toContain('90 jours après leur envoi');
    const bare = await noticeFor({ closedOnboardingDays: 90 });
    expect(bare).toContain('90 jours après la clôture du dossier');
    for (const word of ['Sauvegardes', 'Journaux techniques', 'Événements transmis']) {
      expect(bare).not.toContain(word);
    }
  });

  it('tells someone whom others have named where the data comes from, and how to object', async () => {
    const html = await read('/privacy');
    const part = textOf(html.slice(html.indexOf('id="named"')));
    expect(part).toContain('ils viennent de la personne qui répond pour votre organisme');
    expect(part).toContain('vous opposer');
    expect(part).toContain('dpo@platform.example');
    expect(textOf(html)).toContain('CNIL');
  });
});

describe('the legal notices', () => {
  it('name publisher, director and host, and say that the hosting is not qualified', async () => {
    const { publisher, host } = await trial.deps.publication();
    const text = textOf(await read('/legal-notices'));
    for (const fact of [publisher.name, publisher.director, host.name, host.law.fr]) {
      expect(text).toContain(textOf(fact));
    }
    expect(text).toContain('n’est pas lui-même qualifié SecNumCloud');
  });
});

describe('the page for mail administrators', () => {
  it.each(languages)('names what to recognise our mail by, and where replies go, in %s', async (language) => {
    const { address, dkimSelectors } = trial.deps.mailSender;
    const text = textOf(await read('/mail-setup', language));
    for (const fact of [address, 'Reply-To', 'bounce.platform.example', spfPolicy, dmarcPolicy]) {
      expect(text).toContain(fact);
    }
    for (const selector of dkimSelectors) expect(text).toContain(selector);
    expect(text).toContain(trial.deps.site.origin);
    expect(text).toMatch(
      language === 'fr' ? /Une réponse part vers votre interlocuteur/ : /A reply goes to your contact/,
    );
  });

  it.each(languages)('is linked from the invitation in %s', async (language) => {
    const link = await trial.linkOf(await trial.start(sirens[0] ?? ''));
    const invitation = await (await trial.browser().get(`${link}?lang=${language}`)).text();
    expect(invitation.slice(0, invitation.indexOf('<footer'))).toContain('href="/mail-setup"');
  });

  it('knows the sender of a deployed system by its environment', () => {
    vi.stubEnv('MAIL_FROM', 'onboarding@platform.example');
    vi.stubEnv('DKIM_RECORDS', 'abc._domainkey.platform.example def._domainkey.platform.example');
    expect(mailSenderFromEnvironment()).toEqual({
      address: 'onboarding@platform.example',
      dkimSelectors: ['abc', 'def'],
    });
    vi.unstubAllEnvs();
  });
});

describe('the trust page', () => {
  it('shows each criterion with its evidence, and says what is not claimed', async () => {
    const text = textOf(await read('/trust'));
    expect(text).toContain('Détention européenne');
    expect(text).toContain('24 % chacun et 39 % ensemble');
    expect(text).toContain('J0, demande acceptée');
    expect(text).toContain('17 avril 2025');
    expect(text).toContain('Non revendiqué J1, J2, J3');
    expect(text).toContain('la qualification n’est donc pas revendiquée ici');
    for (const code of objectiveCodes) expect(text).toContain(code);
    expect(text).toContain('20 %');
    expect(text).toContain('aucun tiers ne les a vérifiés');
    expect(text).toContain('son hébergement n’est pas qualifié SecNumCloud');
  });

  it('shows until when a qualification is valid once there is one', async () => {
    const [example] = sampleTrustRecord.services.flatMap(({ milestones }) => milestones);
    if (example === undefined) throw new Error('The sample record has no milestone');
    const decided = { code: 'J3', evidence: { ...example.evidence, date: '2026-10-01' } } as const;
    const services = sampleTrustRecord.services.map((service) => ({ ...service, milestones: [decided] }));
    const known = await trial.deps.publication();
    const app = createApp({
      ...trial.deps,
      publication: async () => ({ ...known, trust: { ...known.trust, services } }),
    });
    const text = textOf(await (await app.request('/trust?lang=fr')).text());
    expect(text).toContain('J3, décision de qualification, valable jusqu’au 1er octobre 2029');
  });

  it('needs the file that is deployed beside the code', () => {
    expect(() => publicationFromFile()).toThrow(/publication\.json/);
  });
});
