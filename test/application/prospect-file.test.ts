import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { largestFile } from '../../functions/application/prospect-file/decode.ts';
import { ProspectFileError } from '../../functions/application/prospect-file/prospect-file-error.ts';
import { type ProspectFile, readProspectFile } from '../../functions/application/prospect-file.ts';

const header = 'siren,legal_name,body_type,contact_name,contact_email,services,users_in_scope,earliest_date';
const good = '999000102,Direction fictive,company,DSI,dsi@direction.example,exchange|teams,250,2027-02-01';

function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function example(name: string): ProspectFile {
  return readProspectFile(readFileSync(new URL(`../../examples/${name}`, import.meta.url)));
}

function fileOf(...rows: readonly string[]): ProspectFile {
  return readProspectFile(bytesOf([header, ...rows].join('\n')));
}

function refusalOf(bytes: Uint8Array): ProspectFileError {
  try {
    readProspectFile(bytes);
  } catch (error) {
    if (error instanceof ProspectFileError) return error;
    throw error;
  }
  throw new Error('The file was accepted');
}

function utf16(text: string, endian: 'le' | 'be'): Uint8Array {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return endian === 'le' ? bytes : bytes.swap16();
}

describe('the example files', () => {
  it('hold 36 prospects that are all accepted', () => {
    const file = example('prospects.csv');
    expect(file.rows).toHaveLength(36);
    expect([file.refused, file.duplicates]).toEqual([[], []]);
    expect(file.detected).toEqual({
      encoding: 'utf-8',
      separator: ',',
      dateFormat: 'YYYY-MM-DD',
      lineEnd: '\n',
    });
    expect(file.rows[0]?.line).toBe(2);
    expect(file.rows[4]?.intake).toMatchObject({ parentSiren: '999000912', group: 'recherche' });
  });

  it('hold what a French Excel saves: three good rows, one duplicate, six refused', () => {
    const file = example('prospects-excel-fr.csv');
    expect(file.detected).toEqual({
      encoding: 'windows-1252',
      separator: ';',
      dateFormat: 'DD/MM/YYYY',
      lineEnd: '\r\n',
    });
    expect(file.rows.map(({ line, intake }) => [line, intake.siren])).toEqual([
      [2, '999000102'],
      [3, '999004153'],
      [8, '356000000'],
    ]);
    expect(file.rows[1]?.intake).toMatchObject({
      usersInScope: 5200,
      serversInScope: 1300,
      earliestDate: '2027-05-01',
    });
    expect(file.rows[0]?.intake.legalName).toBe("Direction fictive du numérique de l'État");
    expect(file.rows[2]?.intake.siret).toBe('35600000000048');
    expect(file.duplicates.map(({ line, firstLine, siren }) => [line, firstLine, siren])).toEqual([
      [7, 3, '999004153'],
    ]);
    expect(
      file.refused.map(({ line, problems }) => [line, problems.map(({ column, code }) => [column, code])]),
    ).toEqual([
      [4, [['siren', 'wrong_check_digit']]],
      [5, [['contact_email', 'not_a_mail_address']]],
      [6, [['services', 'unknown_option']]],
      [9, [['siren', 'missing']]],
      [
        10,
        [
          ['legal_name', 'formula'],
          ['servers_in_scope', 'negative'],
          ['earliest_date', 'not_a_date'],
        ],
      ],
      [11, [['latest_date', 'out_of_order']]],
    ]);
    expect(file.dataRows).toBe(10);
  });
});

describe('a file of prospects', () => {
  it.each([
    ['utf-8', bytesOf],
    ['utf-8-bom', (text: string) => bytesOf(`\uFEFF${text}`)],
    ['utf-16le', (text: string) => utf16(text, 'le')],
    ['utf-16be', (text: string) => utf16(text, 'be')],
    ['windows-1252', (text: string) => Buffer.from(text, 'latin1')],
  ])('may be written in %s', (encoding, encode) => {
    const file = readProspectFile(encode(`${header}\n${good.replace('DSI', 'Équipe réseau')}`));
    expect(file.detected.encoding).toBe(encoding);
    expect(file.rows[0]?.intake.contactName).toBe('Équipe réseau');
  });

  it.each([
    ['\n', '\n'],
    ['\r\n', '\r\n'],
    ['\r', '\r'],
  ])('may end its lines with %j', (lineEnd, detected) => {
    const file = readProspectFile(bytesOf([header, good, ''].join(lineEnd)));
    expect(file.detected.lineEnd).toBe(detected);
    expect(file.rows).toHaveLength(1);
  });

  it('may write its column names with spaces, capitals and hyphens', () => {
    const names = header.replace('legal_name', '" Legal Name "').replace('body_type', 'BODY-TYPE');
    expect(readProspectFile(bytesOf(`${names}\n${good}`)).rows).toHaveLength(1);
  });

  it.each([
    ['a second byte order mark', `\uFEFF\uFEFF${header}\n${good}`, 2],
    ['the end mark of DOS', `${header}\r\n${good}\r\n\u001a`, 2],
    ['a line that names the separator', `sep=,\r\n${header}\r\n${good}`, 3],
    ['a quoted line that names another', `"SEP=;"\n${header}\n${good}`.replaceAll(',', ';'), 3],
  ])('may have %s', (_what, text, line) => {
    expect(readProspectFile(bytesOf(text)).rows.map((row) => row.line)).toEqual([line]);
  });

  it('counts lines as an editor shows them, across empty lines and quoted line breaks', () => {
    const broken = good.replace('DSI', '"DSI\r\nréseau"');
    const other = good.replace('999000102', '999000375');
    const file = fileOf('', broken, ',,,,,,,', other);
    expect(file.refused.map(({ line }) => line)).toEqual([3]);
    expect(file.rows.map(({ line }) => line)).toEqual([6]);
    expect(file.dataRows).toBe(2);
  });

  it('takes a quote inside a cell for an ordinary character', () => {
    expect(fileOf(good.replace('DSI', 'Équipe "nuage"')).rows[0]?.intake.contactName).toBe('Équipe "nuage"');
  });

  it.each(['5 200', '5\u00a0200', '5\u202f200'])('may write thousands as %j', (count) => {
    expect(fileOf(good.replace('250', count)).rows[0]?.intake.usersInScope).toBe(5200);
  });

  it.each([
    ['1/6/2027', '2027-06-01'],
    [' 01/06/2027 ', '2027-06-01'],
  ])('may write a date as %j', (written, date) => {
    const file = fileOf(good.replace('2027-02-01', written));
    expect(file.rows[0]?.intake.earliestDate).toBe(date);
    expect(file.detected.dateFormat).toBe('DD/MM/YYYY');
  });

  it.each(['31/02/2027', '2027-02-31', '13/13/2027', 'demain', '01/06/27'])(
    'has the date %s refused by name',
    (written) => {
      const [row] = fileOf(good.replace('2027-02-01', written)).refused;
      expect(row?.problems).toMatchObject([{ column: 'earliest_date', code: 'not_a_date' }]);
    },
  );

  it('has a row with more cells than columns refused, as its values may have shifted', () => {
    const [row] = fileOf(`${good},surplus`).refused;
    expect(row?.problems).toMatchObject([{ column: '', code: 'too_many_cells' }]);
    expect(row?.original.at(-1)).toBe('surplus');
  });

  it('may leave out empty cells at the end of a row', () => {
    expect(fileOf(good.split(',').slice(0, 6).join(',')).rows).toHaveLength(1);
  });

  it('counts a SIREN as seen even where its first row is refused, and names the row’s other problems too', () => {
    const file = fileOf(good.replace('company', 'club'), good.replace('exchange', 'fax'));
    expect(file.refused.map(({ line }) => line)).toEqual([2]);
    expect(file.duplicates[0]).toMatchObject({ line: 3, firstLine: 2 });
    expect(file.duplicates[0]?.problems.map(({ code }) => code)).toEqual(['duplicate', 'unknown_option']);
  });
});

describe('a file that is refused as a whole', () => {
  it.each([
    ['nothing in it', 'empty_file', bytesOf('')],
    ['white space only', 'empty_file', bytesOf('\uFEFF \r\n\r\n')],
    ['a header only', 'no_rows', bytesOf(`${header}\n\n`)],
    ['NUL bytes', 'not_text', bytesOf(`${header}\n${good}\0`)],
    ['the bytes of an image', 'not_text', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x81, 0x8d)],
    ['half a UTF-16 character', 'not_text', Uint8Array.of(0xff, 0xfe, 0x41)],
    ['UTF-8 that breaks its promise', 'not_text', Uint8Array.of(0xef, 0xbb, 0xbf, 0xff)],
    ['more than 5 MiB', 'too_large', new Uint8Array(largestFile + 1).fill(0x20)],
    ['10,001 rows', 'too_many_rows', bytesOf(`${header}\n${`${good}\n`.repeat(10_001)}`)],
    ['endless empty lines', 'too_many_rows', bytesOf(`${header}\n${'\n'.repeat(300_000)}`)],
    ['more columns than anyone needs', 'too_many_columns', bytesOf(`${header}${','.repeat(300)}\n${good}`)],
    ['one row wider than anyone needs', 'too_many_columns', bytesOf(`${header}\n${good}${','.repeat(300)}`)],
    ['a quote never closed', 'quote_not_closed', bytesOf(`${header}\n"${good}`)],
    ['a column missing', 'missing_column', bytesOf(`${header.replace('contact_email', 'owner')}\n${good}`)],
    ['a column unknown', 'unknown_column', bytesOf(`${header},iban\n${good},`)],
    ['a column twice', 'repeated_column', bytesOf(`${header},Siren\n${good},`)],
  ])('has %s', (_what, code, bytes) => {
    const { code: found, text } = refusalOf(bytes);
    expect(found).toBe(code);
    expect(text.fr).toMatch(/ ; /);
    expect(text.en).toMatch(/; /);
  });

  it('is distinguished if it has no known column', () => {
    expect(refusalOf(bytesOf('nom;prenom;ville\nA;B;C')).text.fr).toContain('nom, prenom, ville');
  });

  it('names the columns to correct', () => {
    const misspelt = header.replace('contact_email', 'contact_mail');
    const { text } = refusalOf(bytesOf(`${misspelt}\n${good}`));
    expect(text.en).toMatch(/missing.*contact_email.*contact_mail/);
    expect(refusalOf(bytesOf(`${header},iban,bic\n${good}`)).text.fr).toMatch(/iban, bic/);
  });

  it('takes 10,000 rows', () => {
    const file = readProspectFile(bytesOf(`${header}\n${`${good}\n`.repeat(10_000)}`));
    expect([file.rows.length, file.duplicates.length]).toEqual([1, 9_999]);
  });
});

describe('any bytes', () => {
  it('are read or refused with a typed error, and their totals add up', () => {
    const cell = fc.oneof(
      fc.constantFrom('999000102', '999000375', 'exchange', '"', "'=", '01/02/2027', ''),
      fc.string(),
    );
    const lines = fc.array(
      fc.array(cell, { maxLength: 9 }).map((cells) => cells.join(',')),
      { maxLength: 6 },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string({ unit: 'binary' }).map(bytesOf),
      lines.map((rows) => bytesOf([header, ...rows].join('\n'))),
    );
    fc.assert(
      fc.property(bytes, (content) => {
        try {
          const { rows, duplicates, refused, dataRows } = readProspectFile(content);
          expect(rows.length + duplicates.length + refused.length).toBe(dataRows);
        } catch (error) {
          expect(error).toBeInstanceOf(ProspectFileError);
        }
      }),
      { seed: 20261123, numRuns: 500 },
    );
  });
});
