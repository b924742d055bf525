import * as z from 'zod/mini';
import { recordBefore, type SealedStore } from '../../application/seal-record.ts';
import { recordDocument } from '../../domain/record/record-document.ts';
import { DocumentUnavailableError } from '../../platform/document-renderer.ts';
import { platformFromEnvironment, required } from '../../platform/environment.ts';
import { errorName, type Logger } from '../../platform/log.ts';
import { storeFromEnvironment } from '../../store/dependencies.ts';
import { drawPdf } from './pdf.ts';

const request = z.object({ reference: z.string(), submission: z.int() });

interface Dependencies extends SealedStore {
  readonly logger: Logger;
  readonly publicUrl: string;
}

/** The PDF of a sealed record. */
async function pdfOf(dependencies: Dependencies, reference: string, number: number): Promise<Buffer> {
  const { store, platform, publicUrl } = dependencies;
  const [{ state }, submissions, result] = await Promise.all([
    store.onboardings.now(reference),
    store.dossiers.submissions(reference),
    store.dossiers.result(reference),
  ]);
  const submission = submissions.find((each) => each.number === number);
  const sealed = submission === undefined ? undefined : await recordBefore(dependencies, state, submission);
  if (sealed === undefined)
    throw new DocumentUnavailableError('There is no sealed record of this submission');
  const document = recordDocument({ ...sealed, state, result, proof: `${publicUrl}/proof` });
  return drawPdf(document, { author: platform.name, reference, sealedAt: sealed.seal.at });
}

/** Gives the PDF of a record in base64. Errors may quote what people have said: only their name is told. */
export function createDocumentRenderer(dependencies: Dependencies) {
  return async (event: unknown): Promise<{ readonly pdf: string }> => {
    const { reference, submission } = z.parse(request, event);
    try {
      return { pdf: (await pdfOf(dependencies, reference, submission)).toString('base64') };
    } catch (error) {
      dependencies.logger.log('document_failed', { onboardingId: reference, error: errorName(error) });
      throw new DocumentUnavailableError('The document could not be made');
    }
  };
}

let render: ReturnType<typeof createDocumentRenderer> | undefined;

/** In AWS: called by the pages, which wait for it. */
export async function handler(event: unknown): Promise<{ readonly pdf: string }> {
  render ??= createDocumentRenderer({
    ...storeFromEnvironment(),
    platform: platformFromEnvironment(),
    publicUrl: required('PUBLIC_URL'),
  });
  return render(event);
}
