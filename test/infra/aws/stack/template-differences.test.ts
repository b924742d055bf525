import { describe, expect, it } from 'vitest';
import {
  normalised,
  parseRecorded,
  type RecordedTemplate,
  readRecorded,
  recordings,
} from './recorded-template.ts';
import { differences, forbidden } from './template-differences.ts';

const [recorded] = recordings.slice(0, 1).map((recording) => readRecorded(recording));
const text = JSON.stringify(recorded);

const table = 'OnboardingsTable0ED0AA84';
const web = 'PagesFunctionCC851EB0';
const people = 'SignInPeople26B168CC';
const machine = 'WorkflowMachine0C2E3460';

/** How the recorded template with another text in the one place of this one differs. */
function differencesWith(before: string, after: string) {
  expect(text.split(before), before).toHaveLength(2);
  return differences(parseRecorded(text), parseRecorded(text.replace(before, after))).map((each) => [
    each.kind,
    each.text,
  ]);
}

describe('the comparison', () => {
  it('finds nothing between a template and itself', () => {
    expect(differences(parseRecorded(text), parseRecorded(text))).toEqual([]);
  });

  it.each([
    ['the table', table, 'AWS::DynamoDB::Table'],
    ['the user pool', people, 'AWS::Cognito::UserPool'],
  ])('finds a changed logical id of %s, and names both', (_, id, type) => {
    const found = differences(parseRecorded(text), parseRecorded(text.replaceAll(id, 'Renamed00C0FFEE')));
    expect(found).toContainEqual({
      kind: 'gone',
      id,
      text: `${id}, ${type}, is gone (new of its type: Renamed00C0FFEE)`,
    });
    expect(found).toContainEqual({
      kind: 'new',
      id: 'Renamed00C0FFEE',
      text: `Renamed00C0FFEE, ${type}, is new`,
    });
  });

  it.each([
    [
      'another key of the table',
      '"KeySchema":[{"AttributeName":"pk",',
      '"KeySchema":[{"AttributeName":"id",',
      `${table}, AWS::DynamoDB::Table, would be replaced: Properties.KeySchema[0].AttributeName was "pk" and is "id"`,
    ],
    [
      'another key of an index',
      '"KeySchema":[{"AttributeName":"ownerPk",',
      '"KeySchema":[{"AttributeName":"owner",',
      `${table}, AWS::DynamoDB::Table, would be replaced: Properties.GlobalSecondaryIndexes[1].KeySchema[0].AttributeName was "ownerPk" and is "owner"`,
    ],
    [
      'a name for a table that had none',
      '"BillingMode":"PAY_PER_REQUEST"',
      '"BillingMode":"PAY_PER_REQUEST","TableName":"onboardings"',
      `${table}, AWS::DynamoDB::Table, would be replaced: Properties.TableName was nothing and is "onboardings"`,
    ],
    [
      'another name of a function',
      '"FunctionName":"onboarding-dev-web"',
      '"FunctionName":"onboarding-dev-pages"',
      `${web}, AWS::Lambda::Function, would be replaced: Properties.FunctionName was "onboarding-dev-web" and is "onboarding-dev-pages"`,
    ],
    [
      'another way to sign in',
      '"UsernameAttributes":["email"],',
      '',
      `${people}, AWS::Cognito::UserPool, would be replaced: Properties.UsernameAttributes[0] was "email" and is nothing`,
    ],
    [
      'another type',
      '"Type":"AWS::DynamoDB::Table"',
      '"Type":"AWS::DynamoDB::GlobalTable"',
      `${table}, AWS::DynamoDB::Table, would be replaced: Type was "AWS::DynamoDB::Table" and is "AWS::DynamoDB::GlobalTable"`,
    ],
    [
      'another name of the stack',
      '"StackName":"onboarding-dev"',
      '"StackName":"dev"',
      'The stack onboarding-dev would be replaced: its name is dev',
    ],
  ])('finds %s, which would replace the deployed resource', (_, before, after, sentence) => {
    expect(differencesWith(before, after)).toEqual([['replaced', sentence]]);
  });

  it('finds a missing output', () => {
    expect(differencesWith('"TableName":{"Value"', '"Table":{"Value"')).toEqual([
      ['gone', 'The output TableName is gone'],
      ['new', 'The output Table is new'],
    ]);
  });

  it.each([
    [
      'another setting',
      '"StreamViewType":"KEYS_ONLY"',
      '"StreamViewType":"NEW_IMAGE"',
      `${table}, AWS::DynamoDB::Table: Properties.StreamSpecification.StreamViewType was "KEYS_ONLY" and is "NEW_IMAGE"`,
    ],
    [
      'one index more',
      '"Projection":{"ProjectionType":"KEYS_ONLY"}}],"KeySchema":[',
      '"Projection":{"ProjectionType":"KEYS_ONLY"}},{"IndexName":"by-site"}],"KeySchema":[',
      `${table}, AWS::DynamoDB::Table: Properties.GlobalSecondaryIndexes[4] was nothing and is {"IndexName":"by-site"}`,
    ],
    [
      'a workflow without a definition',
      '"DefinitionString":"DEFINITION",',
      '',
      `${machine}, AWS::StepFunctions::StateMachine: Properties.DefinitionString was "DEFINITION" and is nothing`,
    ],
    [
      'a table that would go with the stack in another way',
      `"KEYS_ONLY"},"Tags":[{"Key":"application","Value":"onboarding"},{"Key":"stage","Value":"dev"}],"TimeToLiveSpecification":{"AttributeName":"expiresAt","Enabled":true}},"DeletionPolicy":"Delete"`,
      `"KEYS_ONLY"},"Tags":[{"Key":"application","Value":"onboarding"},{"Key":"stage","Value":"dev"}],"TimeToLiveSpecification":{"AttributeName":"expiresAt","Enabled":true}},"DeletionPolicy":"Retain"`,
      `${table}, AWS::DynamoDB::Table: DeletionPolicy was "Delete" and is "Retain"`,
    ],
    [
      'another output',
      '"TableName":{"Value":{"Ref":',
      '"TableName":{"Value":{"Name":',
      `The output TableName: Value.Ref was "${table}" and is nothing`,
    ],
  ])('finds %s', (_, before, after, sentence) => {
    expect(differencesWith(before, after)).toEqual([['changed', sentence]]);
  });

  it('treats every property of an unknown type as replacing', () => {
    const of = (Size: number): RecordedTemplate =>
      normalised('s', { Resources: { Box: { Type: 'Custom::Box', Properties: { Size } } } });
    expect(forbidden(differences(of(1), of(2)))).toEqual([
      'Box, Custom::Box, would be replaced: Properties.Size was 1 and is 2',
    ]);
  });
});

describe('a recording', () => {
  const hash = '0123456789abcdef0123456789abcdef';
  const Code = { S3Bucket: 'assets', S3Key: `${hash}${hash}.zip` };
  const of = (Resources: Readonly<Record<string, unknown>>) => normalised('s', { Resources }).Resources;

  it('leaves out the code hash of a function, and detects code of another kind', () => {
    expect(
      of({ F: { Type: 'AWS::Lambda::Function', Properties: { Code, Timeout: 3 } } })['F']?.Properties,
    ).toEqual({
      Code: { S3Bucket: 'assets', S3Key: 'HASH.zip' },
      Timeout: 3,
    });
    const inline = { Code: { ZipFile: 'code' } };
    expect(of({ F: { Type: 'AWS::Lambda::Function', Properties: inline } })['F']?.Properties).toEqual(inline);
  });

  it('contains deployment ids without their hash, in all places', () => {
    const found = of({
      [`Deployment1A2B3C4D${hash}`]: { Type: 'AWS::ApiGateway::Deployment', DependsOn: ['B', 'A'] },
      Stage: {
        Type: 'AWS::ApiGateway::Stage',
        Properties: { DeploymentId: { Ref: `Deployment1A2B3C4D${hash}` } },
      },
    });
    expect(Object.keys(found)).toEqual(['Deployment1A2B3C4DHASH', 'Stage']);
    expect(found['Stage']?.Properties).toEqual({ DeploymentId: { Ref: 'Deployment1A2B3C4DHASH' } });
    expect(found['Deployment1A2B3C4DHASH']?.DependsOn).toEqual(['A', 'B']);
  });

  it.each([
    [{ DefinitionString: { 'Fn::Join': ['', ['{', '}']] } }, { DefinitionString: 'DEFINITION' }],
    [{ DefinitionString: '' }, { DefinitionString: '' }],
    [{}, {}],
  ])('says whether a workflow with %j has a definition', (Properties, expected) => {
    expect(of({ M: { Type: 'AWS::StepFunctions::StateMachine', Properties } })['M']?.Properties).toEqual(
      expected,
    );
  });
});
