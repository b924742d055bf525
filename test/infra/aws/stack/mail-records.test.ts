import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNamed } from '../../../../infra/aws/config/stages.ts';
import { templateOf } from './synthesised.ts';

const outputs = z.object({ Outputs: z.record(z.string(), z.object({ Value: z.unknown() })) });

/** The values of the outputs that name records of the mail's domain, by the beginning of their names. */
function recordsOf(stage: string, region: string): Record<string, unknown> {
  const { Outputs } = outputs.parse(templateOf(stageNamed(stage, region)).json);
  const own = Object.entries(Outputs).filter(([name]) => name.startsWith('Mail'));
  return Object.fromEntries(own.map(([name, { Value }]) => [name.replace(/[0-9A-F]{8}$/, ''), Value]));
}

describe.each([
  ['dev', 'eu-west-3', 'dev.platform.example', 'operations@dev.platform.example'],
  ['dev', 'eusc-de-east-1', 'dev.platform.example', 'operations@dev.platform.example'],
  ['prod', 'eu-west-3', 'platform.example', 'operations@platform.example'],
])('the records of the mail domain, stage %s in %s', (stage, region, domain, operators) => {
  const records = recordsOf(stage, region);

  it('bring bounces back, and name the servers of the envelope sender, a domain below that of From', () => {
    expect(records['MailReturnMxRecord']).toBe(
      `bounce.${domain} MX 10 feedback-smtp.${region}.amazonses.com`,
    );
    expect(records['MailReturnSpfRecord']).toBe(`bounce.${domain} TXT "v=spf1 include:amazonses.com -all"`);
  });

  it('tell receivers to distrust other mail in our name, and to report it to the operators', () => {
    expect(records['MailDmarcRecord']).toBe(
      `_dmarc.${domain} TXT "v=DMARC1; p=quarantine; adkim=s; aspf=r; rua=mailto:${operators}"`,
    );
  });

  it('contain the three of DKIM', () => {
    expect(Object.keys(records).filter((name) => name.startsWith('MailDnsRecord'))).toHaveLength(3);
  });
});
