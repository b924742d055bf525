import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { readAssembly } from '../../../infra/aws/assembly.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assembly-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function synthesised(environment: string): void {
  const stack = {
    type: 'aws:cloudformation:stack',
    environment,
    properties: { templateFile: 'stack.template.json' },
  };
  writeFileSync(
    join(folder, 'manifest.json'),
    JSON.stringify({ artifacts: { Tree: { type: 'cdk:tree' }, stack } }),
  );
  const Resources = {
    Table: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain' },
    Queue: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Delete' },
    Other: { Type: 'AWS::SQS::Queue' },
  };
  writeFileSync(join(folder, 'stack.template.json'), JSON.stringify({ Resources }));
}

it('reads the account, the removed and the retained resources of a stack', () => {
  synthesised('aws://123456789012/eu-west-3');
  expect(readAssembly(folder)).toEqual({
    account: '123456789012',
    removed: new Map([['AWS::SQS::Queue', 2]]),
    retained: ['AWS::DynamoDB::Table Table'],
  });
});

it('says what to do when the account is unknown for lack of credentials', () => {
  synthesised('aws://unknown-account/eu-west-3');
  expect(() => readAssembly(folder)).toThrow(/^There are no valid AWS credentials: sign in/);
});
