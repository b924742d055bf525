import { describe, expect, it } from 'vitest';
import { serviceCodes } from '../../../functions/domain/platform-configuration.ts';
import { samplePlatform } from '../../../functions/domain/waves/sample-platform.ts';

describe('the sample platform', () => {
  it('opens each service of the catalogue on its day', () => {
    expect(Object.fromEntries(samplePlatform.services.map(({ code, opens }) => [code, opens]))).toEqual({
      azure_iaas: '2026-01-01',
      azure_containers: '2026-01-01',
      exchange: '2026-07-01',
      sharepoint_onedrive: '2026-07-01',
      teams: '2026-07-01',
      azure_data_paas: '2026-07-01',
      intune: '2027-01-01',
      azure_ai: '2027-06-01',
    });
    expect(samplePlatform.services.map(({ code }) => code)).toEqual(serviceCodes);
  });

  it('hosts health data on virtual machines only', () => {
    expect(samplePlatform.services.filter((service) => service.hdsCertified).map(({ code }) => code)).toEqual(
      ['azure_iaas'],
    );
  });

  it('has two sites and opened preparation at the end of 2022', () => {
    expect(samplePlatform.sites.map((site) => site.code)).toEqual(['paris', 'sud']);
    expect(samplePlatform.preparationOpens).toBe('2022-12-01');
  });

  it.each([
    ['2026-01-05', true],
    ['2026-01-06', false],
    ['2026-12-14', false],
    ['2026-12-15', true],
    ['2027-01-05', true],
    ['2027-07-09', false],
    ['2027-07-10', true],
    ['2027-08-31', true],
    ['2027-09-01', false],
    ['2030-01-05', true],
  ])('is frozen on %s: %s', (date, frozen) => {
    expect(samplePlatform.freezes.some(({ from, to }) => from <= date && date <= to)).toBe(frozen);
  });
});
