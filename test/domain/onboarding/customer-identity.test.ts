import { describe, expect, it } from 'vitest';
import { proofNeeded } from '../../../functions/domain/onboarding/customer-identity.ts';
import { codeTyped } from '../../../functions/domain/onboarding/identity-code.ts';
import { respondent } from '../../../functions/domain/onboarding/people.ts';

const integrator = { role: 'integrator' } as const;

describe('what someone has to show beside the link', () => {
  it.each([
    ['link', 'state_administration', respondent, undefined],
    ['link', 'company', respondent, undefined],
    ['link_and_code', 'state_administration', respondent, 'code'],
    ['link_and_code', 'company', respondent, 'code'],
    ['link_and_proconnect', 'state_administration', respondent, 'proconnect'],
    ['link_and_proconnect', 'gip', { role: 'deputy' }, 'proconnect'],
    ['link_and_proconnect', 'company', respondent, 'code'],
    ['link_and_proconnect', 'state_administration', integrator, 'code'],
  ] as const)('under %s, of a %s as %o, is %s', (setting, bodyType, acting, proof) => {
    expect(proofNeeded(setting, { bodyType }, acting)).toBe(proof);
  });
});

it.each([
  ['012345', '012345'],
  [' 012 345 ', '012345'],
  ['012\u202f345', '012345'],
  ['012-345.', '012345'],
  ['０１２３４５', '012345'],
  ['01234', undefined],
  ['0123456', undefined],
  ['O12345', undefined],
  ['', undefined],
])('reads the code typed as %j as %j', (text, code) => {
  expect(codeTyped(text)).toBe(code);
});
