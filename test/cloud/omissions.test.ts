import { randomBytes } from 'node:crypto';
import { afterAll, expect, it } from 'vitest';
import { type Omission, omissions } from '../../infra/emulator/omissions.ts';
import { callCloudFormation, eventually } from './aws.ts';

const made: string[] = [];
afterAll(async () => {
  for (const StackName of made) await callCloudFormation({ Action: 'DeleteStack', StackName });
});

/** What an attribute's owner needs to be made at all. */
const smallest: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'AWS::SES::EmailIdentity': { EmailIdentity: 'omissions.example' },
};

/** Tries to make one resource, or to read an attribute of one. @returns what the emulator says in its events */
async function tryToMake({ type, attributes }: Omission): Promise<string> {
  const StackName = `omission-${randomBytes(4).toString('hex')}`;
  const template = {
    Resources: { Left: { Type: type, Properties: smallest[type] ?? {} } },
    ...(attributes === undefined
      ? {}
      : { Outputs: { Left: { Value: { 'Fn::GetAtt': ['Left', `${attributes}Name1`] } } } }),
  };
  made.push(StackName);
  await callCloudFormation({ Action: 'CreateStack', StackName, TemplateBody: JSON.stringify(template) });
  return eventually(`an end of ${StackName}`, async () => {
    const events = await callCloudFormation({ Action: 'DescribeStackEvents', StackName });
    return /ROLLBACK_COMPLETE|ROLLBACK_FAILED|<ResourceStatus>CREATE_COMPLETE<\/ResourceStatus>[\s\S]*AWS::CloudFormation::Stack/.test(
      events,
    )
      ? events
      : undefined;
  });
}

it.each(omissions.map((omission) => [omission.type, omission] as const))(
  'still has to leave out what there is in the list of %s',
  async (type, omission) => {
    const said = await tryToMake(omission);
    if (omission.attributes === undefined) expect(said).toContain(`Unsupported resource type: ${type}`);
    else expect(said).toContain(`Requested attribute ${omission.attributes}Name1 does not exist in schema`);
  },
);
