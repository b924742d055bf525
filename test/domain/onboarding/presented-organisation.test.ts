import { describe, expect, it } from 'vitest';
import {
  isAcceptedFor,
  isSameGroup,
  sirenOfEstablishment,
} from '../../../functions/domain/onboarding/presented-organisation.ts';

const [own, agency, other] = ['999000375', '999001456', '999004690'];

describe('an organisation that is presented', () => {
  it('is the one whose number the establishment begins with', () => {
    expect(sirenOfEstablishment(`${own}00017`)).toBe(own);
  });

  it('may answer for its own onboarding, and for one that it was accepted for', () => {
    expect(isAcceptedFor({ siren: own }, own)).toBe(true);
    expect(isAcceptedFor({ siren: own }, agency)).toBe(false);
    expect(isAcceptedFor({ siren: own, acceptedSirens: [agency] }, agency)).toBe(true);
    expect(isAcceptedFor({ siren: own, acceptedSirens: [agency] }, other)).toBe(false);
  });

  it.each([
    ['its head', { siren: own, parentSiren: agency }, { siren: agency }, true],
    ['a member of it', { siren: agency }, { siren: own, parentSiren: agency }, true],
    ['another member', { siren: own, parentSiren: agency }, { siren: other, parentSiren: agency }, true],
    ['no member', { siren: own, parentSiren: agency }, { siren: other }, false],
    [
      'a member of another group',
      { siren: own, parentSiren: agency },
      { siren: other, parentSiren: own },
      false,
    ],
    ['without a group', { siren: own }, { siren: other }, false],
  ])('is of the same group as %s, or not', (_, one, presented, same) => {
    expect(isSameGroup(one, presented)).toBe(same);
    expect(isSameGroup(presented, one)).toBe(same);
  });
});
