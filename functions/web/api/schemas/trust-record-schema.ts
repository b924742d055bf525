import * as z from 'zod/mini';
import { serviceCodes } from '../../../domain/platform-configuration.ts';
import {
  assuranceLevels,
  criterionCodes,
  milestoneCodes,
  objectiveCodes,
} from '../../../domain/trust/trust-record.ts';
import { day } from './plain-values.ts';
import { described, named } from './registry.ts';

const text = z.string();
const titled = described('What it says, in the language of the response.', text);

const evidence = z.array(
  z.strictObject({
    title: described('The document.', text),
    source: described('Who issued it, or where it can be read.', text),
    date: described('The day that it bears.', day),
  }),
);

const claim = {
  status: described(
    'A criterion is claimed with evidence, or not claimed.',
    z.enum(['claimed', 'not_claimed']),
  ),
  statement: described('What is claimed, or why nothing is.', text),
  evidence: described('What the claim rests on; empty when nothing is claimed.', evidence),
};

const criterion = z.strictObject({
  code: described('Code of the criterion.', z.enum(criterionCodes)),
  title: described('The criterion.', text),
  demands: described('What the criterion demands.', text),
  ...claim,
});

const milestone = z.strictObject({
  code: described('J0 request accepted, J1 strategy, J2 evaluation, J3 decision.', z.enum(milestoneCodes)),
  status: described('Whether the milestone is claimed.', z.enum(['claimed', 'not_claimed'])),
  evidence: described('What the claim rests on; empty when nothing is claimed.', evidence),
  validUntil: described('Last day of a qualification; null for other milestones.', z.nullable(day)),
});

const service = z.strictObject({
  code: described('Code of the service.', z.enum(serviceCodes)),
  title: described('The service.', text),
  opens: described('First day on which a cutover may happen.', day),
  secNumCloud: described('The milestones of its SecNumCloud qualification.', z.array(milestone)),
  healthData: described('The certificate for health data (HDS).', z.strictObject(claim)),
});

const objective = z.strictObject({
  code: described('Code of the objective.', z.enum(objectiveCodes)),
  title: described('The objective.', text),
  weight: described('Weight in the sovereignty score, in per cent.', z.int()),
  level: described(
    'The level that the operator claims; null when none is.',
    z.nullable(z.enum(assuranceLevels)),
  ),
  ...claim,
});

export const trustRecordSchema = named(
  'TrustRecord',
  'What the operator claims about the sovereignty of its platform, with evidence, and what it does not claim.',
  z.strictObject({
    version: described('Version of the record.', text),
    date: described('Day of the record.', day),
    platform: described('Name of the platform.', text),
    catalogue: described('Version of the catalogue that the opening dates come from.', text),
    notice: described('How the record is to be read; null when that needs no saying.', z.nullable(text)),
    criteria: described('Criteria of the whole platform.', z.array(criterion)),
    services: described('Each service of the catalogue.', z.array(service)),
    framework: described(
      'The Cloud Sovereignty Framework of the European Commission: the operator’s own claims.',
      z.strictObject({
        version: described('Version of the framework.', text),
        objectives: described('The eight objectives.', z.array(objective)),
        weakest: described(
          'The lowest level; an objective that is not claimed counts as SEAL-0.',
          z.enum(assuranceLevels),
        ),
      }),
    ),
    laws: described(
      'Laws whose status changes while the platform is in service; the last status that has begun holds.',
      z.array(
        z.strictObject({
          code: described('As legal references cite it.', text),
          title: described('The law.', text),
          statuses: described(
            'Oldest first.',
            z.array(
              z.strictObject({
                from: described('First day on which it is true.', day),
                statement: titled,
                source: described('Where it was read.', text),
                checked: described('Day on which it was read.', day),
              }),
            ),
          ),
        }),
      ),
    ),
    publicFacts: described(
      'Dated facts about the market, for comparison.',
      z.array(
        z.strictObject({
          date: described('Day of the fact.', day),
          statement: titled,
          source: described('Where it was published.', text),
        }),
      ),
    ),
  }),
);
export type TrustRecordView = z.infer<typeof trustRecordSchema>;
