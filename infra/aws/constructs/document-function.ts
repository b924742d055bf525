import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { OnboardingTable } from './onboarding-table.ts';
import { type FunctionDefaults, StandardFunction } from './standard-function.ts';
import { setPlatformFile } from './task-functions.ts';

export interface DocumentFunctionProps {
  readonly defaults: FunctionDefaults;
  readonly table: OnboardingTable;
  readonly publicUrl: string;
}

/** Folder of the function that makes PDFs. */
export const documentFolder = 'render-document';

/** Makes the PDF of a record. It may read the table and nothing else: it seals nothing. */
export class DocumentFunction extends Construct {
  readonly function: StandardFunction;

  constructor(scope: Construct, id: string, { defaults, table, publicUrl }: DocumentFunctionProps) {
    super(scope, id);
    this.function = new StandardFunction(this, 'Render', {
      defaults,
      folder: documentFolder,
      description: 'Makes the PDF of the record of a submission',
      memory: 1_024,
      // The pages wait for it, and have 20 s.
      timeout: Duration.seconds(15),
    });
    table.grantRead(this.function);
    setPlatformFile(this.function);
    this.function.setting('PUBLIC_URL', publicUrl);
  }
}
