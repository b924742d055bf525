import { describe, expect, it } from 'vitest';
import { dateOrderOf, dateTyped, readDate } from '../../../functions/domain/input/written-date.ts';

describe('a date', () => {
  it.each([
    ['2027-06-01', '2027-06-01'],
    ['2027/6/1', '2027-06-01'],
    ['2027-06-01T00:00:00Z', '2027-06-01'],
    ['2027-06-01 00:00:00.000', '2027-06-01'],
    ['01/06/2027', '2027-06-01'],
    ['1.6.2027', '2027-06-01'],
    ['01/06/2027 00:00', '2027-06-01'],
    ['01 / 06 / 2027', '2027-06-01'],
    ['1er juin 2027', '2027-06-01'],
    ['le 1er\u00a0juin\u202f2027', '2027-06-01'],
    ['premier juin 2027', '2027-06-01'],
    ['1-juin-2027', '2027-06-01'],
    ['2 févr. 2027', '2027-02-02'],
    ['2 fevrier 2027', '2027-02-02'],
    ['2 FE\u0301VRIER 2027', '2027-02-02'],
    ['31 déc 2027', '2027-12-31'],
    ['15 août 2027', '2027-08-15'],
    ['15 aou. 2027', '2027-08-15'],
    ['14 juil. 2027', '2027-07-14'],
    ['3 mar 2027', '2027-03-03'],
    ['June 1, 2027', '2027-06-01'],
    ['Jun 1st 2027', '2027-06-01'],
    ['2nd May 2027', '2027-05-02'],
    ['29 février 2028', '2028-02-29'],
  ])('is read from %j', (text, date) => {
    expect(readDate(text)).toBe(date);
  });

  it.each([
    '',
    'demain',
    '2027',
    '31/02/2027',
    '29 février 2027',
    '01/06/27',
    '1 juin 27',
    '1 jui 2027',
    '1 ma 2027',
    '1 brumaire 2027',
    '2027-06-01T23:00:00Z',
    '2027-06/01',
    '01/06-2027',
    '46539',
    '1 6 2027',
    'premier 1 2027',
    '1 juin 2027 2028',
  ])('is not guessed from %j', (text) => {
    expect(readDate(text)).toBeUndefined();
  });
});

describe('a date typed in three boxes', () => {
  it.each([
    [['1', '6', '2027'], '2027-06-01'],
    [['1er', 'juin', '2027'], '2027-06-01'],
    [['\u200e01\u200b', ' févr. ', '2027\u00a0'], '2027-02-01'],
    [['2nd', 'MAY', '2027'], '2027-05-02'],
    [['01/06/2027', '', ''], '2027-06-01'],
    [['1er juin 2027', '-', ''], '2027-06-01'],
    [['2027', '6', '1'], undefined],
    [['1', '', '2027'], undefined],
    [['1', 'jui', '2027'], undefined],
    [['31', '2', '2027'], undefined],
    [['1', '6', '27'], undefined],
    [['5', '', ''], undefined],
  ])('as %j is %s', ([day = '', month = '', year = ''], date) => {
    expect(readDate(dateTyped({ day, month, year }) ?? 'nothing')).toBe(date);
  });

  it.each([
    ['', '', ''],
    ['-', '/', '.'],
    [' ', '\u200b', ''],
  ])('is left out as %j, %j, %j', (day, month, year) => {
    expect(dateTyped({ day, month, year })).toBeUndefined();
  });
});

describe('the order of day and month', () => {
  it.each([
    ['25/03/2027', 'day_first'],
    ['03-25-2027', 'month_first'],
    [' 3/4/2027 00:00', 'either'],
    ['05.05.2027', 'day_first'],
    ['31/31/2027', undefined],
    ['02/30/2027', undefined],
    ['2027-03-04', undefined],
    ['3 avril 2027', undefined],
  ])('of %s is %s', (text, order) => {
    expect(dateOrderOf(text)).toBe(order);
  });
});
