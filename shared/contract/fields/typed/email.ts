import { domainToASCII } from 'node:url';
import * as z from 'zod/mini';
import { rule } from '../rules.ts';

/** RFC 5321, of the whole address in ASCII and of what precedes the @. */
const maxLength = 254;
const maxLocalPart = 64;
/** In UTF-16 units, before anything is looked at: more than an address with all that pasting adds. */
const maxPasted = 1000;

/** What HTML's `<input type=email>` takes. Tested before lower-casing, which turns U+212A into k. */
const localPart = /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+$/;
/** As HTML, and with labels that end with a hyphen, because accounts may have such. */
const domain = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$/;

/** No address begins or ends with one of these. */
const before = /^(?:[\s\p{Cf}\p{DI}"“”„«»‘’([:,]|mailto:)+/iu;
const after = /[\s\p{Cf}\p{DI}"“”«»‘’)\].,;:!?…。]+$/u;

/** UTS 46, unless the domain is ASCII already: `domainToASCII` would read a number as an IPv4 address. "" if impossible. */
function domainOf(written: string): string {
  const compatible = written.normalize('NFKC');
  if (/^[\0-\x7F]*$/.test(compatible)) return compatible.toLowerCase();
  return /^[^\0-,/:-@[-`{-\x7F]*$/.test(compatible) ? domainToASCII(compatible) : '';
}

/** The domain in ASCII; the local part may still be anything. */
function addressOf(text: string): string {
  const [, angled = text] = /^[^<>]*<([^<>]*)>[^<>]*$/.exec(text) ?? [];
  const pasted = angled.replaceAll('＠', '@').replace(before, '').replace(after, '');
  const at = pasted.lastIndexOf('@');
  if (at < 0) return '';
  return `${pasted.slice(0, at).replace(/[\p{Cf}\p{DI}]/gu, '')}@${domainOf(pasted.slice(at + 1))}`;
}

const localPartOf = (address: string) => address.slice(0, address.lastIndexOf('@'));
const domainIn = (address: string) => address.slice(address.lastIndexOf('@') + 1);

/** One form for each email, so that it has one account: lower case, with an internationalized domain in ASCII. */
export const email = z
  .pipe(
    z.pipe(
      z
        .string()
        .check(rule('too_long', ({ length }) => length <= maxPasted, 'must have at most 254 characters', maxLength)),
      z.transform(addressOf),
    ),
    z.string().check(
      rule(
        'email',
        (address) => localPartOf(address) !== '' && domain.test(domainIn(address)),
        'must be an email address',
      ),
      rule(
        'email_local_part',
        (address) => localPart.test(localPartOf(address)),
        "must have only letters from a to z, digits and .!#$%&'*+/=?^_`{|}~- before the @",
      ),
      rule(
        'email_local_part',
        (address) => localPartOf(address).length <= maxLocalPart,
        'must have at most 64 characters before the @',
        maxLocalPart,
      ),
      rule('too_long', ({ length }) => length <= maxLength, 'must have at most 254 characters', maxLength),
      z.toLowerCase(),
    ),
  )
  .check(
    z.meta({ format: 'email' }),
    z.describe('Letter case does not matter. The domain may be internationalized, in Unicode or as xn--....'),
  );
