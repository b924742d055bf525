import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOnboarding } from '../../functions/application/start-onboarding.ts';
import { sampleCalendar } from '../../functions/domain/waves/sample-calendar.ts';
import { samplePlatform } from '../../functions/domain/waves/sample-platform.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../infra/local/runtime.ts';
import { sirenOf } from '../store/bench.ts';
import { writeRegistry } from './registry-file.ts';

export const customer = { kind: 'customer', id: 'link' } as const;
export const sales = { kind: 'sales', id: 'sales@platform.example' } as const;
export const operator = { kind: 'operator', id: 'op@platform.example' } as const;

/** The whole system in memory, on a clock that moves only when advanced; the registry knows the first organisations. */
export async function runtimeWith(options: Partial<RuntimeOptions> = {}): Promise<Runtime> {
  const folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const registryFile = join(folder, 'registry.json');
  writeRegistry(
    registryFile,
    Array.from({ length: 300 }, (_, index) => sirenOf(index)),
  );
  try {
    return await startRuntime({
      from: new Date('2026-11-23T08:00:00Z'),
      timeScale: 0,
      platform: samplePlatform,
      calendar: sampleCalendar(samplePlatform),
      registryFile,
      ...options,
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a start asks for the sample organisation with this number. */
export function intakeOf(number: number, siren = sirenOf(number)) {
  return {
    ...({ siren, legalName: `Organisme ${number}`, bodyType: 'company' } as const),
    ...({ contactName: 'Ada Martin', contactEmail: `ada${number}@client.example`, language: 'fr' } as const),
    ...({ services: ['exchange'], deadlineReason: 'none' } as const),
    ...{ owner: 'sales@platform.example', team: 'state' },
  };
}

export function start(runtime: Runtime, number: number, siren?: string): Promise<string> {
  return startOnboarding(
    runtime,
    { scope: 'test', key: String(number), body: '' },
    intakeOf(number, siren),
    sales,
  );
}
