import { expect, it } from 'vitest';
import { mailLink, mailtoOf } from '../../../functions/web/shared/layout/mail-link.ts';

it.each([
  ['sales@platform.example', 'mailto:sales@platform.example'],
  ['a?subject=x&cc=y@client.example', 'mailto:a%3Fsubject%3Dx%26cc%3Dy@client.example'],
  ['100%25@client.example', 'mailto:100%2525@client.example'],
  ['a+b#c@client.example', 'mailto:a%2Bb%23c@client.example'],
])('the address %s is linked as %s, and opens no other field', (address, link) => {
  expect(mailtoOf(address)).toBe(link);
  expect(decodeURIComponent(new URL(mailtoOf(address)).pathname)).toBe(address);
  expect(new URL(mailtoOf(address)).search).toBe('');
});

it('shows the address as it is', () => {
  expect(String(mailLink('a&b@client.example'))).toBe(
    '<a href="mailto:a%26b@client.example">a&amp;b@client.example</a>',
  );
});
