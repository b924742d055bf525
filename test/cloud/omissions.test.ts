import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { isWhole, type Omission, omissions } from '../../tools/emulator/omissions.ts';
import { callCloudFormation, eventually } from './aws.ts';

const made: string[] = [];
afterAll(async () => {
  for (const StackName of made) await callCloudFormation({ Action: 'DeleteStack', StackName });
});

/** What the owner of an attribute needs to be made at all. */
const smallest: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::SES::EmailIdentity': { EmailIdentity: 'omissions.example' },
};

function create(StackName: string, template: unknown): Promise<string> {
  return callCloudFormation({
    Action: 'CreateStack',
    StackName,
    TemplateBody: JSON.stringify(template),
  });
}

function resourceOf({ type }: Omission) {
  return { Resources: { Left: { Type: type, Properties: smallest[type] ?? {} } } };
}

it.each(omissions.filter(isWhole))('still cannot be made by the emulator: $type', async (omission) => {
  const name = `omission-${randomBytes(4).toString('hex')}`;
  await expect(create(name, resourceOf(omission))).rejects.toThrow(
    `Unrecognized resource types: [${omission.type}]`,
  );
});

it.each(omissions.filter((each) => !isWhole(each)))(
  'still is not told by the emulator: $attributes of $type',
  async (omission) => {
    const StackName = `omission-${randomBytes(4).toString('hex')}`;
    const attribute = `${omission.attributes ?? ''}Name1`;
    made.push(StackName);
    await create(StackName, {
      ...resourceOf(omission),
      Outputs: { Left: { Value: { 'Fn::GetAtt': ['Left', attribute] } } },
    });
    const said = await eventually('an answer about the output', async () => {
      const events = await callCloudFormation({ Action: 'DescribeStackEvents', StackName });
      return events.includes('Requested attribute') || events.includes('ROLLBACK_COMPLETE')
        ? events
        : undefined;
    });
    expect(said).toContain(`Requested attribute ${attribute} does not exist in schema`);
  },
);
