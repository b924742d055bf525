import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replyAddress } from '../../../functions/domain/onboarding/reply-address.ts';

const operators = 'operations@platform.example';

describe('an answer to our mail', () => {
  it('reaches the account owner', () => {
    expect(replyAddress({ owner: 'lou@platform.example' }, operators)).toBe('lou@platform.example');
  });

  it('reaches the operators when the address of the owner refuses mail', () => {
    expect(replyAddress({ owner: 'lou@platform.example', ownerUnreachable: true }, operators)).toBe(
      operators,
    );
  });

  it.each([
    ['none', ''],
    ['erased', '[effacé]'],
    ['a second header', 'lou@platform.example\r\nBcc: all@evil.example'],
    ['a header folded', 'lou@platform.example\r\n Bcc: all@evil.example'],
    ['a line feed alone', 'lou@platform.example\nBcc: all@evil.example'],
    ['a line feed at the end', 'lou@platform.example\n'],
    ['a line of another kind', 'lou@platform.example\u2028Bcc: all@evil.example'],
    ['a second address', 'lou@platform.example, all@evil.example'],
    ['an address behind a name', 'Lou <all@evil.example>'],
    ['a group', 'sales:lou@platform.example,all@evil.example;'],
    ['a comment', 'lou(all@evil.example)@platform.example'],
    ['a quoted local part', '"lou\\" <all@evil.example>"@platform.example'],
    ['an encoded word', '=?utf-8?q?lou=0d=0aBcc:_all=40evil.example?=@platform.example x'],
    ['a zero byte', 'lou\0@platform.example'],
    ['a direction mark', 'lou@platform.example\u202e'],
    ['a route', '@evil.example:lou@platform.example'],
  ])('reaches the operators when that of the owner is %s', (_what, owner) => {
    expect(replyAddress({ owner }, operators)).toBe(operators);
  });

  it('has no address of its own when there is none to trust', () => {
    expect(replyAddress({ owner: '' }, 'operations')).toBeUndefined();
  });

  it('never reaches what is more than one plain address', () => {
    const hostile = fc.stringMatching(/^[a-z@.,;:<>()"\\ \r\n\t\0]{1,60}$/);
    fc.assert(
      fc.property(hostile, (owner) => {
        expect(replyAddress({ owner }, operators)).toMatch(/^[^\s,;:<>()"\\@\0]+@[^\s,;:<>()"\\@\0]+$/);
      }),
    );
  });
});
