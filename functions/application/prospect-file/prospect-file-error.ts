import { BusinessError } from '../../domain/errors.ts';
import type { Text } from '../../domain/text.ts';

/** Why a file of prospects is refused as a whole. */
export type ProspectFileProblem =
  | 'too_large'
  | 'too_many_rows'
  | 'empty_file'
  | 'no_rows'
  | 'too_many_columns'
  | 'not_text'
  | 'quote_not_closed'
  | 'unreadable'
  | 'missing_column'
  | 'unknown_column'
  | 'repeated_column';

/** The file cannot be read as a list of prospects; nothing in it was accepted. The text says how to fix it. */
export class ProspectFileError extends BusinessError {
  readonly code: ProspectFileProblem;

  constructor(code: ProspectFileProblem, text: Text, options?: ErrorOptions) {
    super(text, options);
    this.code = code;
  }
}
