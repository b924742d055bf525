import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, unguarded } from '../../functions/application/prospect-file/formula-guard.ts';
import { columnOf } from '../../functions/application/prospect-file/header.ts';
import { returnedFile } from '../../functions/application/prospect-file/returned-file.ts';
import { type DetectedFormat, readProspectFile } from '../../functions/application/prospect-file.ts';
import { type IntakeField, intakeFields } from '../../functions/domain/intake/intake.ts';

const excel = readProspectFile(
  readFileSync(new URL('../../examples/prospects-excel-fr.csv', import.meta.url)),
);
const notAccepted = [...excel.duplicates, ...excel.refused];

function textOf(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

describe('the returned file', () => {
  const bytes = returnedFile(notAccepted, excel.header, excel.detected);
  const again = readProspectFile(bytes);

  it('is UTF-8 with a byte order mark, in the separator and line ends of the file', () => {
    expect(textOf(bytes).startsWith('\uFEFFsiren;legal_name;')).toBe(true);
    expect(again.detected).toMatchObject({ encoding: 'utf-8-bom', separator: ';', lineEnd: '\r\n' });
  });

  it('holds each row in the order of the file, with code, message, column and fix', () => {
    const lines = textOf(bytes).split('\r\n');
    expect(lines).toHaveLength(9);
    expect(lines[0]).toMatch(/;parent_siren;error_code;error_message;column;fix$/);
    expect(lines[1]).toMatch(
      /^999005508;.*;wrong_check_digit;SIREN : la clé de contrôle est fausse;siren;recopiez/,
    );
    expect(lines[4]).toMatch(/;duplicate;SIREN : déjà présent à la ligne 3;siren;gardez une seule ligne/);
  });

  it('has no cell that a spreadsheet runs as a formula', () => {
    const line = textOf(bytes).split('\r\n')[6];
    expect(line).toContain(`"'=HYPERLINK(""x"")"`);
    expect(line).toContain(";'-5;");
  });

  it('is read again with the same cells and the same problems', () => {
    const originals = notAccepted.toSorted((a, b) => a.line - b.line).map(({ original }) => original);
    expect(again.refused.map(({ original }) => original)).toEqual([
      ...originals.filter(([siren]) => siren !== '999004153'),
    ]);
    expect(again.header).toEqual(excel.header);
    expect(again.refused.map(({ problems }) => problems)).toEqual(
      excel.refused.map(({ problems }) => problems),
    );
    expect(again.rows.map(({ intake }) => intake.siren)).toEqual(['999004153']);
  });

  it('is accepted once it is corrected', () => {
    const corrected = textOf(bytes).replace('pas-une-adresse', 'dsi@airframes.example');
    const rows = readProspectFile(new TextEncoder().encode(corrected)).rows;
    expect(rows.map(({ intake }) => intake.contactEmail)).toContain('dsi@airframes.example');
  });

  it('can be had in English', () => {
    const english = textOf(returnedFile(excel.refused, excel.header, excel.detected, 'en'));
    expect(english).toMatch(/;SIREN: the check digit is wrong;siren;copy the number again/);
  });

  it('is written in UTF-8 with the letters of a file from DOS, and marks those that nothing explains', () => {
    const head = 'siren;legal_name;body_type;contact_name;contact_email;services';
    const text = `${head}\n1;R\u0082gion;company;D\u0082l\u0082gu\u0082;dsi@a.example;fax\n`;
    const file = readProspectFile(Buffer.from(text, 'latin1'));
    expect(file.detected.encoding).toBe('cp850');
    expect(textOf(returnedFile(file.refused, file.header, file.detected))).toContain(
      '1;Région;company;Délégué;',
    );
    const odd = readProspectFile(Buffer.from(text.replaceAll('\u0082', '\u009d'), 'latin1'));
    const returned = returnedFile(odd.refused, odd.header, odd.detected);
    expect(readProspectFile(returned).refused[0]?.problems[0]?.code).toBe('unreadable_characters');
  });

  it('keeps cells that had no column', () => {
    const surplus = [{ line: 2, original: ['a', 'b', 'c'], problems: [] }];
    const lines = textOf(returnedFile(surplus, ['siren'], { separator: ',', lineEnd: '\n' })).split('\n');
    expect(lines).toEqual(['\uFEFFsiren,,,error_code,error_message,column,fix', 'a,b,c,,,,', '']);
  });
});

describe('the guard against formulas', () => {
  it.each(['=1', '+1', '-1', '@x', '\tx', '\0x', "'=1", "''=1"])('guards %j and gives it back', (cell) => {
    expect(guarded(cell)).toBe(`'${cell}`);
    expect(unguarded(guarded(cell))).toBe(cell);
  });

  it('leaves other cells alone', () => {
    const cells = ["l'État", "'quoted'", '', '1=1', "'"];
    expect(cells.map(guarded)).toEqual(cells);
    expect(cells.map(unguarded)).toEqual(cells);
  });

  it('is undone by reading, for any text', () => {
    const cell = fc.oneof(
      fc.string(),
      fc.string({ unit: fc.constantFrom("'", '=', '-', '@', '+', '\t', 'a') }),
    );
    fc.assert(
      fc.property(cell, (value) => {
        expect(unguarded(guarded(value))).toBe(value);
        expect(guarded(value)).toMatch(/^(?![=+@\t\0-])/);
      }),
      { seed: 20261123 },
    );
  });
});

/** Sirens of the example file: valid, and none the same. */
const sirens = readProspectFile(
  readFileSync(new URL('../../examples/prospects.csv', import.meta.url)),
).rows.map(({ intake }) => intake.siren);

const formats: readonly Pick<DetectedFormat, 'separator' | 'lineEnd'>[] = [
  { separator: ',', lineEnd: '\n' },
  { separator: ';', lineEnd: '\r\n' },
  { separator: '\t', lineEnd: '\r' },
];
const encodings = [
  (text: string) => new TextEncoder().encode(text),
  (text: string) => new TextEncoder().encode(`\uFEFF${text}`),
  (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  (text: string) => Buffer.from(text, 'latin1'),
];
const fieldNames = Object.keys(intakeFields).filter((name): name is IntakeField =>
  Object.hasOwn(intakeFields, name),
);

describe('accepted rows', () => {
  it('come back as they were through every separator, line end and encoding', () => {
    const name = fc
      .string({
        unit: fc.constantFrom('é', 'À', 'a', 'Z', ' ', ',', ';', '"', "'", '|', '1'),
        minLength: 1,
        maxLength: 20,
      })
      .map((text) => text.trim())
      .filter((text) => text !== '');
    const row = fc.record({
      legalName: name,
      bodyType: fc.constantFrom('company', 'gip', 'health_body'),
      contactName: name,
      contactEmail: fc.constant('dsi@organisme.example'),
      language: fc.constantFrom('fr', 'en'),
      services: fc.subarray(['exchange', 'teams', 'azure_iaas'], { minLength: 1 }),
      usersInScope: fc.nat(100_000),
      serversInScope: fc.nat(1000),
      earliestDate: fc.constantFrom('2027-02-01', '2027-03-31'),
      latestDate: fc.constantFrom('2027-12-31', '2028-02-29'),
      deadlineReason: fc.constantFrom('contract_end', 'derogation'),
      owner: fc.constant('sales@platform.example'),
      team: fc.constantFrom('state', 'health-1'),
      group: name,
      parentSiren: fc.constant('356000000'),
      scope: name.map((text) => `${text} Sud`),
    });
    const file = fc.tuple(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...formats),
      fc.constantFrom(...encodings),
    );
    fc.assert(
      fc.property(file, ([rows, { separator, lineEnd }, encode]) => {
        const intakes = rows.map((fields, index) => ({ ...fields, siren: sirens[index] ?? '' }));
        const quoted = (value: unknown) =>
          `"${(Array.isArray(value) ? value.join('|') : String(value)).replaceAll('"', '""')}"`;
        const lines = [
          fieldNames.map(columnOf),
          ...intakes.map((intake) => {
            const cells = new Map<string, unknown>(Object.entries(intake));
            return fieldNames.map((field) => quoted(cells.get(field)));
          }),
        ];
        const text = lines.map((cells) => cells.join(separator)).join(lineEnd);
        const read = readProspectFile(encode(text));
        expect(read.detected).toMatchObject({ separator, lineEnd });
        expect(read.refused).toEqual([]);
        expect(read.rows.map(({ intake }) => intake)).toEqual(intakes);
      }),
      { seed: 20261123, numRuns: 60 },
    );
  });
});
