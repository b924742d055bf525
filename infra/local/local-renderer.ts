import type { createDocumentRenderer } from '../../functions/jobs/render-document/handler.ts';
import type { RenderDocument } from '../../functions/platform/document-renderer.ts';
import { once } from '../../functions/platform/on-demand.ts';

type Dependencies = Parameters<typeof createDocumentRenderer>[0];

/** Makes PDFs in this process by the handler that does it in AWS, which is loaded with the first of them. */
export function localRenderer(dependencies: Dependencies): RenderDocument {
  const handler = once(async () => {
    const { createDocumentRenderer: create } = await import(
      '../../functions/jobs/render-document/handler.ts'
    );
    return create(dependencies);
  });
  return async (reference, submission) =>
    Buffer.from((await (await handler())({ reference, submission })).pdf, 'base64');
}
