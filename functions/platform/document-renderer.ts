/** Makes the PDF of the record of a submission. Only ids go there: it reads the rest itself. */
export type RenderDocument = (reference: string, submission: number) => Promise<Uint8Array>;

/** The PDF could not be made. The cause is in the log of the function that makes it. */
export class DocumentUnavailableError extends Error {
  override readonly name = 'DocumentUnavailableError';
}
