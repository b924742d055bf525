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

  it('may name an organisation once for each scope, however its letters are written', () => {
    const rows = ['', 'Île Nord', 'Sud', ' ILE  NORD ', '-', '***', '***', '=Sud'];
    const file = readProspectFile(
      bytesOf([`${header},Scope`, ...rows.map((scope) => `${good},${scope}`)].join('\n')),
    );
    expect(file.rows.map(({ line, intake }) => [line, intake.scope])).toEqual([
      [2, undefined],
      [3, 'Île Nord'],
      [4, 'Sud'],
    ]);
    expect(file.duplicates.map(({ line, firstLine }) => [line, firstLine])).toEqual([
      [5, 3],
      [6, 2],
    ]);
    expect(file.duplicates[0]?.problems[0]?.message.fr).toMatch(/ligne 3 ; .*périmètre \(colonne scope\)\.$/);
    expect(file.refused.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)])).toEqual([
      [7, 'scope_without_letters'],
      [8, 'scope_without_letters'],
      [9, 'formula'],
    ]);
  });
});

describe('quotes', () => {
  const sirens = ['999000102', '999000375', '999000912', '999001456', '999001605'];
  const row = (siren = '', name = 'Direction fictive') =>
    good.replace('999000102', siren).replace('Direction fictive', name);

  it.each([
    ['before the separator', '"Direction, fictive" ,', 'Direction, fictive'],
    ['and no-break spaces', '"Direction ""X"" fictive"\u00a0\u202f,', 'Direction "X" fictive'],
    ['after the separator', ' "Direction, fictive",', 'Direction, fictive'],
    ['and text, which are kept', '"Direction" fictive ,', '"Direction" fictive'],
    ['within them, which are kept', '"Direction "" , fictive",', 'Direction " , fictive'],
  ])('may have spaces beside them: %s', (_what, written, name) => {
    const file = fileOf(good.replace('Direction fictive,', written), row(sirens[1]));
    expect(file.rows.map(({ intake }) => intake.legalName)).toEqual([name, 'Direction fictive']);
  });

  it('may have spaces at the end of a line and of the file', () => {
    const [first, second] = [row(sirens[0]), row(sirens[1])].map(
      (line) => `${line.slice(0, -10)}"2027-02-01" `,
    );
    expect(fileOf(first ?? '', second ?? '').rows).toHaveLength(2);
    const tabs = [header, `${row(sirens[0]).replace('DSI,', '"DSI" ,')}`].join('\n').replaceAll(',', '\t');
    expect(readProspectFile(bytesOf(tabs)).rows).toHaveLength(1);
  });

  it.each(['\n', '\r\n', '\r'])('that are never closed are named by the line that opens them (%j)', (end) => {
    const rows = [row(sirens[0], '"Direction\nfictive"'), '', row(sirens[1], '"Ville'), row(sirens[2]), ''];
    const { code, text } = refusalOf(bytesOf([header, ...rows].join('\n').replaceAll('\n', end)));
    expect(code).toBe('quote_not_closed');
    expect(text.fr).toContain('ouvert à la ligne 5 ');
    expect(text.en).toContain('opened on line 5 ');
  });

  it.each(['\n', '\r\n', '\r'])('that join rows have each of these refused by its line (%j)', (end) => {
    const rows = [
      row(sirens[0]),
      row(sirens[1], '"Ville'),
      row(sirens[2]),
      row(sirens[3], '"Région"'),
      row(sirens[4]),
    ];
    const file = readProspectFile(bytesOf([header, ...rows, ''].join(end)));
    expect(file.rows.map(({ line }) => line)).toEqual([2, 6]);
    expect(file.refused.map(({ line, original }) => [line, original[1]])).toEqual([
      [3, '"Ville'],
      [4, 'Direction fictive'],
      [5, 'Région'],
    ]);
    expect(file.dataRows).toBe(5);
    for (const { problems } of file.refused) {
      expect(problems[0]).toMatchObject({ code: 'rows_joined' });
      expect(problems[0]?.message.fr).toContain('ouvert à la ligne 3 n’est refermé qu’à la ligne 5');
    }
  });

  it.each([
    ['at the end of a row', (line: string) => `${line.slice(0, -10)}"`, (line: string) => `"${line}`],
    ['closed in another cell', (line: string) => `"${line}`, (line: string) => line.replace('DSI,', 'DSI",')],
  ])('that join rows are found %s', (_where, first, second) => {
    const file = fileOf(first(row(sirens[0])), second(row(sirens[1])), row(sirens[2]));
    expect(file.refused.map(({ line }) => line)).toEqual([2, 3]);
    expect(file.rows.map(({ line }) => line)).toEqual([4]);
  });

  it('with a line break at the end of a cell are one row, also below an empty line', () => {
    const rows = [row(sirens[0]).replace('DSI', '"DSI\n"'), row(sirens[1])];
    const file = readProspectFile(bytesOf(['sep=,', '', header, ...rows].join('\n')));
    expect(file.rows.map(({ line }) => line)).toEqual([4, 6]);
  });

  it('that join the header with a row refuse the file by its lines', () => {
    const { code, text } = refusalOf(bytesOf(`${header.replace('legal', '"legal')}\n${row('', '"Ville"')}`));
    expect(code).toBe('quote_not_closed');
    expect(text.en).toContain('opened on line 1 is closed only on line 2');
  });

  it('that join rows make an answer in proportion to the file', () => {
    const answer = (count: number) =>
      JSON.stringify(fileOf(row(sirens[0], '"Ville'), ...Array(count).fill(good), row('', '"X"'))).length;
    expect(answer(800) / answer(400)).toBeLessThan(2.1);
  });
});

describe('dates with the month first', () => {
  const row = (siren: string, date: string) => good.replace('999000102', siren).replace('2027-02-01', date);

  it('have all dates of the file that may mean two days refused, by the line that shows it', () => {
    const file = fileOf(
      row('999000102', '03/04/2027'),
      row('999000375', '03/25/2027'),
      row('999000912', '05/05/2027'),
      row('999001456', '25/03/2027'),
      row('999001605', '2027-04-03'),
      row('999003072', '1er juin 2027'),
      row('999003346', '4.3.2027 00:00'),
    );
    expect(file.detected.dateFormat).toBe('MM/DD/YYYY');
    expect(file.rows.map(({ line }) => line)).toEqual([4, 5, 6, 7]);
    expect(file.refused.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)])).toEqual([
      [2, 'ambiguous_date'],
      [3, 'not_a_date'],
      [8, 'ambiguous_date'],
    ]);
    expect(file.refused[0]?.problems[0]).toMatchObject({ column: 'earliest_date' });
    expect(file.refused[0]?.problems[0]?.message.fr).toMatch(/la ligne 3 écrit le mois .* ; .* AAAA-MM-JJ/);
    expect(file.refused[0]?.problems[0]?.message.en).toMatch(/line 3 writes the month .*; .* YYYY-MM-DD/);
  });

  it('are not supposed without a date that shows it', () => {
    expect(fileOf(row('999000102', '03/04/2027'), row('999000375', '31/31/2027')).rows).toHaveLength(1);
  });
});

describe('bytes of another encoding', () => {
  const rows = (names: readonly string[]) =>
    [
      header,
      ...names.map((name, index) =>
        good.replace('999000102', sirensOf[index] ?? '').replace('Direction fictive', name),
      ),
    ].join('\r\n');
  const sirensOf = ['999000102', '999000375', '999000912', '999001456'];
  const codesOf = ({ refused }: ProspectFile) =>
    refused.map(({ line, problems }) => [line, ...problems.map(({ code }) => code)]);
  const namesOf = (file: ProspectFile) => file.rows.map(({ intake }) => intake.legalName);
  const joined = (...parts: readonly (string | readonly number[])[]) =>
    Buffer.concat(parts.map((part) => (typeof part === 'string' ? bytesOf(part) : Uint8Array.from(part))));

  it.each([
    ['without a mark', '', 'utf-8'],
    ['with a mark', '\uFEFF', 'utf-8-bom'],
  ])('leave the rest of a UTF-8 file %s as it is, and have their line refused', (_what, mark, encoding) => {
    const [before = '', after = ''] = rows(['École', 'Dupr%', 'Région']).split('%');
    const file = readProspectFile(joined(mark, before, [0xe9], after));
    expect(file.detected.encoding).toBe(encoding);
    expect(namesOf(file)).toEqual(['École', 'Région']);
    expect(codesOf(file)).toEqual([[3, 'unreadable_characters']]);
    expect(file.refused[0]?.problems[0]).toMatchObject({ column: 'legal_name' });
    expect(file.refused[0]?.original[1]).toBe('Dupr\uFFFD');
  });

  it('are refused where a file of Windows-1252 has a line in UTF-8', () => {
    const [before = '', after = ''] = rows(['École', '%', 'Région', 'Hôtel']).split('%');
    const file = readProspectFile(
      Buffer.concat([Buffer.from(before, 'latin1'), bytesOf('Santé'), Buffer.from(after, 'latin1')]),
    );
    expect(file.detected.encoding).toBe('windows-1252');
    expect(namesOf(file)).toEqual(['École', 'Région', 'Hôtel']);
    expect(codesOf(file)).toEqual([[3, 'unreadable_characters']]);
  });

  it('have a line refused that holds bytes without a meaning', () => {
    const [before = '', after = ''] = rows(['École', 'Sant%', 'Région']).split('%');
    const latin = (text: string) => Buffer.from(text, 'latin1');
    const file = readProspectFile(Buffer.concat([latin(before), Uint8Array.of(0x9d), latin(after)]));
    expect(codesOf(file)).toEqual([[3, 'unreadable_characters']]);
    expect(namesOf(file)).toEqual(['École', 'Région']);
  });

  const french = [
    'Région fictive de Bâle à l’État',
    'DÉPARTEMENT FICTIF DES CÔTES',
    'Mairie de Saint-Étienne-lès-Forêt',
    'Établissement français près d’Île-Noël où siège la maîtrise d’œuvre',
  ];
  const macintosh: Readonly<Record<string, number>> = {
    é: 0x8e,
    è: 0x8f,
    ê: 0x90,
    ë: 0x91,
    à: 0x88,
    â: 0x89,
    ç: 0x8d,
    ù: 0x9d,
    ô: 0x99,
    î: 0x94,
    É: 0x83,
    Ô: 0xef,
    Î: 0xeb,
    œ: 0xcf,
    '’': 0xd5,
  };
  const dos: Readonly<Record<string, number>> = {
    é: 0x82,
    è: 0x8a,
    ê: 0x88,
    ë: 0x89,
    à: 0x85,
    â: 0x83,
    ç: 0x87,
    ù: 0x97,
    ô: 0x93,
    î: 0x8c,
    É: 0x90,
    Ô: 0xe2,
    Î: 0xd7,
  };
  const encoded = (text: string, page: Readonly<Record<string, number>>) =>
    Uint8Array.from([...text].map((character) => page[character] ?? character.charCodeAt(0)));

  it.each([
    ['macintosh', macintosh, french],
    ['cp850', dos, french.map((name) => name.replaceAll('’', "'").replaceAll('œ', 'oe'))],
  ])('are recognised as %s by French letters', (encoding, page, names) => {
    const file = readProspectFile(encoded(rows(names), page));
    expect(file.detected.encoding).toBe(encoding);
    expect(namesOf(file)).toEqual(names);
    for (const name of names) {
      const alone = readProspectFile(encoded(rows([name]), page));
      expect([name, ...namesOf(alone)]).toEqual([name, name]);
    }
  });

  it('are refused by line in a file put together from two code pages', () => {
    const [before = '', after = ''] = rows(['École', '%', 'Région']).split('%');
    const latin = (text: string) => Buffer.from(text, 'latin1');
    for (const page of [macintosh, dos]) {
      const file = readProspectFile(
        Buffer.concat([latin(before), encoded('Métropole fictive', page), latin(after)]),
      );
      expect(file.detected.encoding).toBe('windows-1252');
      expect(namesOf(file)).toEqual(['École', 'Région']);
      expect(codesOf(file)).toEqual([[3, 'unreadable_characters']]);
    }
  });

  it('are refused by line when one word fits several code pages', () => {
    const file = readProspectFile(encoded(rows(['Hotel', 'École']), macintosh));
    expect(file.detected.encoding).toBe('unknown');
    expect(namesOf(file)).toEqual(['Hotel']);
    expect(codesOf(file)).toEqual([[3, 'unreadable_characters']]);
  });

  it.each(french)('are never taken for a Mac or DOS file in Windows-1252: %s', (name) => {
    const windows = encoded(
      rows([name]),
      Object.fromEntries([
        ['œ', 0x9c],
        ['’', 0x92],
      ]),
    );
    const file = readProspectFile(windows);
    expect(file.detected.encoding).toBe('windows-1252');
    expect(namesOf(file)).toEqual([name]);
  });

  it('of every French word are read as they were meant, or refused', () => {
    const words = french.flatMap((name) => name.split(/[ ,-]+/));
    for (const page of [macintosh, dos]) {
      for (const word of words.filter((text) => [...text].every((sign) => sign < '\u0080' || page[sign]))) {
        const file = readProspectFile(encoded(rows([`Ville ${word}`]), page));
        expect([[], [`Ville ${word}`]]).toContainEqual(namesOf(file));
      }
    }
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
    ['too many rows within one quote', 'too_many_rows', bytesOf(`${header}\n"${'a,b\n'.repeat(190_000)}",b`)],
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

  it('put anywhere in a good file leave every line accounted for, once', () => {
    const names = ['999000102', '999000375', '999000912', '999001456', '999001605', '999003072'];
    const rows = names.map((siren) => good.replace('999000102', siren).replace('Direction', 'Région'));
    const damage = fc.record({
      at: fc.nat(),
      byte: fc.oneof(
        fc.constant(0x22),
        fc.constantFrom(0x2c, 0x20, 0xe9, 0xc3),
        fc.integer({ min: 0x20, max: 0xff }),
      ),
    });
    const damages = fc.array(damage, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(damages, fc.constantFrom('\n', '\r\n', '\r'), (changes, end) => {
        const content = [...bytesOf(rows.join(end))];
        for (const { at, byte } of changes) {
          const place = at % content.length;
          if (content[place] !== 0x0a && content[place] !== 0x0d) content.splice(place, 0, byte);
        }
        try {
          const file = readProspectFile(Uint8Array.from([...bytesOf(header + end), ...content]));
          const lines = [...file.rows, ...file.duplicates, ...file.refused].map(({ line }) => line);
          expect(lines.toSorted((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7]);
          expect(file.dataRows).toBe(6);
        } catch (error) {
          if (!(error instanceof ProspectFileError)) throw error;
          expect(error.code).toBe('quote_not_closed');
        }
      }),
      { seed: 20261126, numRuns: 2_000 },
    );
  });
});
