import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import type { Language } from '../../functions/domain/text.ts';
import { prospect } from './staff-acts.ts';
import type { System } from './system.ts';

/** An onboarding whose invitation has been sent, where it does not matter how it was started; gives its reference. */
export async function invite(
  { runtime }: System,
  language: Language,
  siren: string = prospect.siren,
): Promise<string> {
  const intake = {
    siren,
    legalName: prospect.name,
    bodyType: 'state_administration',
    contactName: 'Zoé Canari',
    contactEmail: prospect.contact,
    language,
    services: ['exchange'],
    deadlineReason: 'none',
    owner: 'sales.state@platform.example',
    team: 'state',
  } as const;
  const key = Buffer.from(runtime.ids.bytes(16)).toString('base64url');
  const request = { scope: 'browser', key, body: '' };
  const reference = await startOnboarding(runtime, request, intake, { kind: 'machine', id: 'crm' });
  await runtime.clock.settled();
  return reference;
}
