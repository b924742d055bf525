import * as z from 'zod';
import type { RecordedTemplate } from './recorded-template.ts';

const functionProperties = z.object({
  FunctionName: z.string(),
  Handler: z.string(),
  MemorySize: z.int(),
  Timeout: z.int(),
});

const deployedFunction = z.object({
  name: z.string(),
  logicalId: z.string(),
  handler: z.string(),
  memory: z.int(),
  timeout: z.int(),
});
/** By folder. */
type DeployedFunctions = Readonly<Record<string, z.infer<typeof deployedFunction>>>;

export const recordedFunctions = z.record(z.string(), z.record(z.string(), deployedFunction));

/** The functions of a template by their folders; one that no folder stands for is under its own name. */
export function functionsOf(
  { StackName, Resources }: RecordedTemplate,
  folders: readonly string[],
): DeployedFunctions {
  const folderOf = new Map(folders.map((folder) => [`${StackName}-${folder}`, folder]));
  return Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === 'AWS::Lambda::Function')
      .map(([logicalId, { Properties }]) => {
        const { FunctionName: name, Handler, MemorySize, Timeout } = functionProperties.parse(Properties);
        const found = { name, logicalId, handler: Handler, memory: MemorySize, timeout: Timeout };
        return [folderOf.get(name) ?? name, found];
      }),
  );
}
