import { canonical, digestOf } from '../../../domain/onboarding/audit-chain.ts';
import type { PlatformConfiguration } from '../../../domain/platform-configuration.ts';
import { inLanguage, type Language, type Text } from '../../../domain/text.ts';
import {
  type Claim,
  criteria,
  criterionCodes,
  type Evidence,
  milestoneCodes,
  objectiveCodes,
  objectives,
  qualifiedUntil,
  sovereigntyFramework,
  type TrustRecord,
  weakestLevel,
} from '../../../domain/trust/trust-record.ts';
import { defineOperation, noBody, noQuery } from '../operation.ts';
import { type TrustRecordView, trustRecordSchema } from '../schemas/trust-record-schema.ts';

type Said = (text: Text) => string;

function evidenceView(say: Said, evidence: readonly Evidence[]) {
  return evidence.map(({ title, source, date }) => ({ title: say(title), source: say(source), date }));
}

function claimView(say: Said, claim: Claim) {
  return claim.kind === 'claimed'
    ? {
        status: 'claimed' as const,
        statement: say(claim.statement),
        evidence: evidenceView(say, claim.evidence),
      }
    : { status: 'not_claimed' as const, statement: say(claim.note), evidence: [] };
}

function milestonesView(say: Said, record: TrustRecord, service: string) {
  const reached = record.services.find(({ code }) => code === service)?.milestones ?? [];
  return milestoneCodes.map((code) => {
    const found = reached.find((milestone) => milestone.code === code);
    return {
      code,
      status: found === undefined ? ('not_claimed' as const) : ('claimed' as const),
      evidence: found === undefined ? [] : evidenceView(say, [found.evidence]),
      validUntil: found !== undefined && code === 'J3' ? qualifiedUntil(found.evidence.date) : null,
    };
  });
}

const nothingSaid: Claim = { kind: 'not_claimed', note: { fr: 'Non revendiqué.', en: 'Not claimed.' } };

function recordView(
  platform: PlatformConfiguration,
  record: TrustRecord,
  language: Language,
): TrustRecordView {
  const say: Said = (text) => inLanguage(text, language);
  return {
    version: record.version,
    date: record.date,
    platform: platform.name,
    catalogue: platform.version,
    notice: record.notice === undefined ? null : say(record.notice),
    criteria: criterionCodes.map((code) => ({
      code,
      title: say(criteria[code].label),
      demands: say(criteria[code].demands),
      ...claimView(say, record.criteria[code]),
    })),
    services: platform.services.map(({ code, label, opens }) => ({
      code,
      title: say(label),
      opens,
      secNumCloud: milestonesView(say, record, code),
      healthData: claimView(
        say,
        record.services.find((service) => service.code === code)?.healthData ?? nothingSaid,
      ),
    })),
    framework: {
      version: sovereigntyFramework.version,
      objectives: objectiveCodes.map((code) => {
        const claim = record.objectives[code];
        return {
          code,
          title: say(objectives[code].label),
          weight: objectives[code].weight,
          level: claim.kind === 'claimed' ? claim.level : null,
          ...claimView(say, claim),
        };
      }),
      weakest: weakestLevel(record.objectives),
    },
    laws: (platform.laws ?? []).map(({ code, name, statuses }) => ({
      code,
      title: say(name),
      statuses: statuses.map(({ from, statement, source, checked }) => ({
        from,
        statement: say(statement),
        source: say(source),
        checked,
      })),
    })),
    publicFacts: record.publicFacts.map(({ date, statement, source }) => ({
      date,
      statement: say(statement),
      source: say(source),
    })),
  };
}

export const trustRecordOperation = defineOperation({
  id: 'showTrustRecord',
  method: 'GET',
  path: '/trust-record',
  summary:
    'Show the trust record of the platform: each criterion with its evidence, or that it is not claimed.',
  scope: undefined,
  cacheSeconds: 300,
  problems: [],
  query: noQuery,
  body: noBody,
  success: {
    status: 200,
    description: 'The trust record.',
    schema: trustRecordSchema,
    etag: (record) => `"${digestOf(canonical(record)).slice(0, 32)}"`,
    example: {
      version: '2026-11',
      date: '2026-11-23',
      platform: 'Nuage de confiance',
      catalogue: '2026-11',
      notice: null,
      criteria: [
        {
          code: 'european_seat',
          title: 'European seat',
          demands: 'The operator’s registered office is in the European Union.',
          status: 'claimed',
          statement: 'Registered office in Paris.',
          evidence: [{ title: 'Company register extract', source: 'example', date: '2026-11-02' }],
        },
      ],
      services: [
        {
          code: 'azure_iaas',
          title: 'Azure virtual machines',
          opens: '2026-01-01',
          secNumCloud: [
            {
              code: 'J0',
              status: 'claimed',
              evidence: [{ title: 'Acceptance of the request', source: 'press', date: '2025-04-17' }],
              validUntil: null,
            },
            { code: 'J3', status: 'not_claimed', evidence: [], validUntil: null },
          ],
          healthData: { status: 'not_claimed', statement: 'No certificate.', evidence: [] },
        },
      ],
      framework: {
        version: '1.2.1',
        objectives: [
          {
            code: 'SOV-2',
            title: 'Legal and jurisdictional sovereignty',
            weight: 10,
            level: null,
            status: 'not_claimed',
            statement: 'The operator has not assessed this objective.',
            evidence: [],
          },
        ],
        weakest: 'SEAL-0',
      },
      laws: [
        {
          code: 'DORA',
          title: 'DORA',
          statuses: [
            {
              from: '2025-01-17',
              statement: 'applicable',
              source: 'regulation (EU) 2022/2554, art. 64',
              checked: '2026-11-23',
            },
          ],
        },
      ],
      publicFacts: [],
    },
  },
  handle: async ({ dependencies: { platform, publication }, language }) =>
    recordView(platform, (await publication()).trust, language),
});
