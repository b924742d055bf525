import { readFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import type { DocumentRow, DocumentSection, RecordDocument } from '../../domain/record/record-document.ts';
import { inLanguage } from '../../domain/text.ts';

/** Beside this file, and beside the bundled code in AWS: fonts/README.md says what they are. */
const fontFile = (name: string) => readFileSync(new URL(`./fonts/${name}.ttf`, import.meta.url));

const [plain, bold] = ['plain', 'bold'];
/** Points. */
const size = { title: 20, heading: 14, text: 10, note: 8.5, margin: 56, footer: 8 } as const;
/** Contrast with white: 7 and 15. */
const colour = { note: '#54565b', text: '#1b1b1b' } as const;

type Pdf = PDFKit.PDFDocument;
type Structure = PDFKit.PDFStructureElement;

/** Draws something and puts it into the structure that screen readers follow. */
function draw(pdf: Pdf, parent: Structure, tag: string, drawing: () => void): void {
  const content = pdf.markStructureContent(tag);
  drawing();
  pdf.endMarkedContent();
  const element = pdf.struct(tag, {}, [content]);
  parent.add(element);
  element.end();
}

function text(pdf: Pdf, font: string, points: number, words: string, fill: string = colour.text): void {
  pdf.font(font).fontSize(points).fillColor(fill).text(words, { lineGap: 2 });
}

function drawRow(pdf: Pdf, list: Structure, { key, lines, note }: DocumentRow): void {
  const item = pdf.struct('LI');
  list.add(item);
  draw(pdf, item, 'Lbl', () => text(pdf, bold, size.text, key));
  draw(pdf, item, 'LBody', () => {
    for (const line of lines) text(pdf, plain, size.text, line);
    if (note !== undefined) text(pdf, plain, size.note, note, colour.note);
  });
  item.end();
  pdf.moveDown(0.5);
}

function drawSection(pdf: Pdf, root: Structure, { title, introduction, rows }: DocumentSection): void {
  // A heading is not left alone at the foot of a page.
  if (pdf.y > pdf.page.height - 3 * size.margin) pdf.addPage();
  pdf.moveDown(0.5);
  const section = pdf.struct('Sect', { title });
  root.add(section);
  pdf.outline.addItem(title);
  draw(pdf, section, 'H2', () => text(pdf, bold, size.heading, title));
  pdf.moveDown(0.4);
  if (introduction !== undefined) {
    draw(pdf, section, 'P', () => text(pdf, plain, size.text, introduction));
    pdf.moveDown(0.4);
  }
  const list = pdf.struct('L');
  section.add(list);
  for (const row of rows) drawRow(pdf, list, row);
  list.end();
  section.end();
}

/** Reference and number at the foot of each page; no part of what is read out. */
function drawFooters(pdf: Pdf, { language }: RecordDocument, reference: string): void {
  const { start, count } = pdf.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    pdf.switchToPage(page);
    const at = `${page - start + 1} / ${count}`;
    const words = inLanguage(
      { fr: `Référence ${reference} – page ${at}`, en: `Reference ${reference} – page ${at}` },
      language,
    );
    const { margins } = pdf.page;
    // Below the margin, where text would begin a new page.
    const bottom = margins.bottom;
    margins.bottom = 0;
    pdf.markContent('Artifact', { type: 'Pagination' });
    pdf
      .font(plain)
      .fontSize(size.footer)
      .fillColor(colour.note)
      .text(words, size.margin, pdf.page.height - size.margin / 2 - size.footer, { lineBreak: false });
    pdf.endMarkedContent();
    margins.bottom = bottom;
  }
}

/** What the file says of itself. */
export interface About {
  readonly author: string;
  readonly reference: string;
  /** Dates the file: the same record gives the same file. */
  readonly sealedAt: string;
}

/** The document as a tagged PDF (PDF/UA-1) with bookmarks. */
export async function drawPdf(
  document: RecordDocument,
  { author, reference, sealedAt }: About,
): Promise<Buffer> {
  const { language, title, sections } = document;
  const font = fontFile('DejaVuSans');
  const options: PDFKit.PDFDocumentOptions = {
    size: 'A4',
    margin: size.margin,
    bufferPages: true,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language === 'fr' ? 'fr-FR' : 'en-GB',
    info: { Title: `${title} – ${reference}`, Author: author, CreationDate: new Date(sealedAt) },
  };
  // The types know neither this subset nor a font by its bytes; the standard fonts would not be embedded.
  const pdf = new PDFDocument(Object.assign(options, { subset: 'PDF/UA', font }));
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      chunks.push(chunk);
      done();
    },
  });
  pdf.pipe(sink);
  pdf.registerFont(plain, font).registerFont(bold, fontFile('DejaVuSans-Bold'));
  const root = pdf.struct('Document');
  pdf.addStructure(root);
  draw(pdf, root, 'H1', () => text(pdf, bold, size.title, title));
  pdf.moveDown(0.5);
  for (const section of sections) drawSection(pdf, root, section);
  root.end();
  drawFooters(pdf, document, reference);
  pdf.end();
  await finished(sink);
  return Buffer.concat(chunks);
}
