import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** A template that is kept as a file: of a stage in a region. */
export interface Recording {
  readonly name: string;
  readonly stage: string;
  readonly region: string;
}

export const recordings: readonly Recording[] = [
  { stage: 'dev', region: 'eu-west-3' },
  { stage: 'dev', region: 'eusc-de-east-1' },
  { stage: 'prod', region: 'eu-west-3' },
].map(({ stage, region }) => ({ name: `${stage}-${region}`, stage, region }));

/** Where the recorded files are, with a slash at the end. */
export const recordedFolder = new URL('../../../recorded/', import.meta.url);
export const functionsFile = 'functions.json';
export const fileOf = ({ name }: Recording): string => `templates/${name}.json`;

/** Metadata is not among it: nothing that is deployed depends on it. */
const resource = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.json()).default({}),
  DependsOn: z.array(z.string()).optional(),
  Condition: z.string().optional(),
  CreationPolicy: z.json().optional(),
  UpdatePolicy: z.json().optional(),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
type Resource = z.infer<typeof resource>;

const template = z.object({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.record(z.string(), z.json())).default({}),
});
const recordedTemplate = z.object({ StackName: z.string(), ...template.shape });
export type RecordedTemplate = z.infer<typeof recordedTemplate>;

export function parseRecorded(text: string): RecordedTemplate {
  return recordedTemplate.parse(JSON.parse(text));
}

export function readRecorded(recording: Recording, folder = recordedFolder): RecordedTemplate {
  return parseRecorded(readFileSync(new URL(fileOf(recording), folder), 'utf8'));
}

/** The id of a deployment of an API ends with a hash of all that the API is made of: each change makes a new one. */
function withoutDeploymentHashes(json: unknown): unknown {
  const { Resources } = template.parse(json);
  const ids = Object.keys(Resources).filter((id) => Resources[id]?.Type === 'AWS::ApiGateway::Deployment');
  const text = ids.reduce(
    (before, id) => before.replaceAll(id, id.replace(/[0-9a-f]{32}$/, 'HASH')),
    JSON.stringify(json),
  );
  return JSON.parse(text);
}

const assetOfFunction = z.object({ S3Key: z.string().regex(/^[0-9a-f]{64}\.zip$/) }).catchall(z.json());

function propertiesWithoutCode({ Type, Properties }: Resource): Resource['Properties'] {
  if (Type === 'AWS::Lambda::Function') {
    const asset = assetOfFunction.safeParse(Properties['Code']);
    return asset.success ? { ...Properties, Code: { ...asset.data, S3Key: 'HASH.zip' } } : Properties;
  }
  // What the workflow does has its own tests; here a definition only has to be there.
  if (Type === 'AWS::StepFunctions::StateMachine' && Properties['DefinitionString']) {
    return { ...Properties, DefinitionString: 'DEFINITION' };
  }
  return Properties;
}

/** A synthesised template without hashes and without the workflow's definition: they follow code, not the stack. */
export function normalised(stackName: string, json: unknown): RecordedTemplate {
  const { Resources, Outputs } = template.parse(withoutDeploymentHashes(json));
  const normalisedResources = Object.entries(Resources).map(([id, found]) => {
    const { DependsOn } = found;
    const Properties = propertiesWithoutCode(found);
    // Their order says nothing.
    return [id, { ...found, Properties, ...(DependsOn && { DependsOn: DependsOn.toSorted() }) }] as const;
  });
  return { StackName: stackName, Resources: Object.fromEntries(normalisedResources), Outputs };
}
