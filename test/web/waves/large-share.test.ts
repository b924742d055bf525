import { expect, it } from 'vitest';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';
import { htmlFaults, textOf } from '../../support/page-reader.ts';
import { startTrial } from '../../support/trial.ts';

async function waveOf(largeShare?: number): Promise<string> {
  const platform = { ...samplePlatform, ...(largeShare === undefined ? {} : { largeShare }) };
  const trial = await startTrial(undefined, {}, platform);
  try {
    const operator = await trial.staff({ roles: ['operator'] });
    const html = await (await operator.get('/waves/paris-2027-05-04')).text();
    expect(await htmlFaults(html)).toEqual([]);
    return textOf(html);
  } finally {
    await trial.close();
  }
}

it('the page of a wave says what it keeps for large customers, where the policy is on', async () => {
  expect(await waveOf(30)).toMatch(
    /Gardés pour les grands clients 39 points jusqu’au 5 mars 2027\s; il en reste 91 pour les clients de 20 points au plus/,
  );
  expect(await waveOf()).not.toContain('grands clients');
});
