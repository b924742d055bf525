import { describe, expect, it } from 'vitest';
import { publicationFaults } from '../../../functions/domain/trust/publication.ts';
import { samplePublication } from '../../../functions/domain/trust/sample-publication.ts';
import { sampleTrustRecord } from '../../../functions/domain/trust/sample-trust-record.ts';
import {
  type Milestone,
  objectives,
  qualifiedUntil,
  type TrustRecord,
  weakestLevel,
} from '../../../functions/domain/trust/trust-record.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';

const text = { fr: 'x', en: 'x' };
const evidence = { title: text, source: text, date: '2026-01-01' };

function faultsOf(changes: Partial<TrustRecord>, platform = samplePlatform): readonly string[] {
  return publicationFaults(platform, { trust: { ...sampleTrustRecord, ...changes } });
}

/** The record with one service changed. */
function withService(code: string, milestones: readonly Milestone[]): Partial<TrustRecord> {
  return {
    services: sampleTrustRecord.services.map((service) =>
      service.code === code ? { ...service, milestones } : service,
    ),
  };
}

describe('the trust record', () => {
  it('of the demonstration is in order, and claims no qualification', () => {
    expect(publicationFaults(samplePlatform, samplePublication)).toEqual([]);
    const reached = sampleTrustRecord.services.flatMap(({ milestones }) =>
      milestones.map(({ code }) => code),
    );
    expect(new Set(reached)).toEqual(new Set(['J0']));
  });

  it('may not be published with an address for feedback that is no https address', () => {
    const faultsWith = (feedbackUrl: string) =>
      publicationFaults(samplePlatform, { ...samplePublication, feedbackUrl });
    expect(faultsWith('https://survey.platform.example/form')).toEqual([]);
    for (const wrong of ['http://survey.platform.example', 'javascript:alert(1)', 'survey']) {
      expect(faultsWith(wrong)).toEqual([
        `the address for feedback is "${wrong}", which is no https address`,
      ]);
    }
  });

  it('gives the eight objectives their weights, 100 in all', () => {
    expect(Object.entries(objectives).map(([code, { weight }]) => [code, weight])).toEqual([
      ['SOV-1', 15],
      ['SOV-2', 10],
      ['SOV-3', 10],
      ['SOV-4', 15],
      ['SOV-5', 20],
      ['SOV-6', 15],
      ['SOV-7', 10],
      ['SOV-8', 5],
    ]);
    expect(Object.values(objectives).reduce((sum, { weight }) => sum + weight, 0)).toBe(100);
  });

  it('is as strong as its weakest objective, and one that is not claimed counts as none', () => {
    const claimed = { kind: 'claimed', level: 'SEAL-3', statement: text, evidence: [evidence] } as const;
    const all = {
      'SOV-1': claimed,
      'SOV-2': claimed,
      'SOV-3': { ...claimed, level: 'SEAL-2' },
      'SOV-4': claimed,
      'SOV-5': claimed,
      'SOV-6': claimed,
      'SOV-7': claimed,
      'SOV-8': claimed,
    } as const;
    expect(weakestLevel(all)).toBe('SEAL-2');
    expect(weakestLevel({ ...all, 'SOV-8': { kind: 'not_claimed', note: text } })).toBe('SEAL-0');
  });

  it('calls a qualification valid for three years', () => {
    expect(qualifiedUntil('2025-12-17')).toBe('2028-12-17');
  });
});

describe('what may not be published', () => {
  it('is a claim without evidence, or with evidence of no day', () => {
    const { criteria } = sampleTrustRecord;
    const claim = { kind: 'claimed', statement: text, evidence: [] } as const;
    expect(faultsOf({ criteria: { ...criteria, servers_in_france: claim } })).toEqual([
      'servers_in_france is claimed without evidence',
    ]);
    const undated = { ...claim, evidence: [{ ...evidence, date: '2026-02-31' }] };
    expect(faultsOf({ criteria: { ...criteria, servers_in_france: undated } })).toEqual([
      'servers_in_france has evidence of "2026-02-31", which is no date',
    ]);
  });

  it('is a decision that the catalogue does not know, or the other way round', () => {
    const decided = withService('azure_iaas', [{ code: 'J3', evidence }]);
    const fault = 'catalogue and trust record differ on the qualification of azure_iaas';
    expect(faultsOf(decided)).toEqual([fault]);
    const services = samplePlatform.services.map((service) =>
      service.code === 'azure_iaas' ? { ...service, qualification: 'qualified' as const } : service,
    );
    expect(faultsOf({}, { ...samplePlatform, services })).toEqual([fault]);
    expect(faultsOf(decided, { ...samplePlatform, services })).toEqual([]);
  });

  it('is a certificate for health data that the catalogue does not know', () => {
    const services = samplePlatform.services.map((service) => ({ ...service, hdsCertified: false }));
    expect(faultsOf({}, { ...samplePlatform, services })).toEqual([
      'catalogue and trust record differ on the health data certificate of azure_iaas',
    ]);
  });

  it('is a record that leaves a service out, or has milestones out of order', () => {
    expect(faultsOf({ services: sampleTrustRecord.services.slice(1) })).toEqual([
      'the trust record says nothing of exchange',
    ]);
    const backwards = [
      { code: 'J1', evidence },
      { code: 'J0', evidence },
    ] as const;
    expect(faultsOf(withService('teams', backwards))).toEqual(['the milestones of teams are not in order']);
  });
});
