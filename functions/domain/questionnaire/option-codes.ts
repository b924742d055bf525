import { serviceCodes } from '../platform-configuration.ts';

const yesNoUnknown = ['yes', 'no', 'unknown'] as const;
const band = ['none', '1_10', '11_50', 'over_50', 'unknown'] as const;

/** Every option code of the questionnaire, by question or by part of a question. Codes are never renamed. */
export const optionCodes = {
  A3: [
    'state_administration',
    'state_operator',
    'gip',
    'local_authority',
    'health_body',
    'other_public',
    'company',
  ],
  A3b: yesNoUnknown,
  A4: ['none', 'ose', 'oiv', 'discuss_offline', 'unknown'],
  A5: ['essential', 'important', 'out_of_scope', 'unknown'],
  A6: yesNoUnknown,
  A6b: yesNoUnknown,
  A7: yesNoUnknown,
  B1: yesNoUnknown,
  B2: ['yes', 'no', 'discuss_offline', 'unknown'],
  B3: ['yes', 'no', 'discuss_offline', 'unknown'],
  B4: [
    'government_deliberations',
    'national_defence',
    'foreign_policy',
    'state_security',
    'court_proceedings',
    'privacy',
    'medical_secrecy',
    'business_secrecy',
    'currency_credit',
    'offence_detection',
    'other_legal_secret',
    'none',
    'unknown',
  ],
  B5: yesNoUnknown,
  B6: ['public_order', 'public_security', 'health_or_life', 'intellectual_property', 'none', 'unknown'],
  B7: yesNoUnknown,
  B8: ['no', 'yes_without_derogation', 'yes_with_derogation', 'unknown'],
  B9: ['none', 'ordinary', 'art9', 'art10', 'minors', 'unknown'],
  B9b: ['under_10k', '10k_100k', 'over_100k', 'unknown'],
  B10: ['no', 'yes_own', 'yes_for_third_parties', 'unknown'],
  B11: ['done', 'not_done', 'not_applicable', 'unknown'],
  B12: ['trade_secrets', 'research', 'export_controlled', 'none', 'unknown'],
  C1: serviceCodes,
  band,
  dependencies: ['yes', 'partly', 'no', 'unknown'],
  C7: ['internet', 'vpn', 'private_link', 'unknown'],
  twoSites: yesNoUnknown,
  reason: ['contract_end', 'end_of_support', 'derogation', 'none'],
  integrator: ['chosen', 'not_chosen', 'unknown'],
  purchasing: ['ugap', 'resah', 'own_tender', 'other', 'unknown'],
} as const;

export type OptionCode<Key extends keyof typeof optionCodes> = (typeof optionCodes)[Key][number];

/** Organisation types, question A3. */
export type BodyType = OptionCode<'A3'>;
export const bodyTypes = optionCodes.A3;
/** The reason for a latest date, E1; with `none` it is a preference. */
export type DeadlineReason = OptionCode<'reason'>;
export const deadlineReasons = optionCodes.reason;

/** Steps of mailbox size in gigabytes, question C3. */
export const mailboxSizes = ['under_1', '1_10', '10_50', '50_100', '100_200', 'over_200'] as const;
export type MailboxSize = (typeof mailboxSizes)[number];

/** Roles of the contacts, question E5. */
export const contactRoles = ['sponsor', 'projectManager', 'cio', 'ciso', 'dpo'] as const;
export type ContactRole = (typeof contactRoles)[number];
export const mandatoryContactRoles: readonly ContactRole[] = ['sponsor', 'projectManager'];
