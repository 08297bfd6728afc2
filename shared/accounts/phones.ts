import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * The one form of a number by the world's numbering plans. Some numbers are written in a second form, such as
 * +44 07911...; one phone must not have two accounts. Throws `invalid_input` if no phone can have the number.
 */
export const phoneOf = (written: string): string => existing(written).number;

/** The same form; undefined if no phone can have the number. */
export const phoneIfValid = (written: string): string | undefined => parsed(written)?.number;

/**
 * `phoneOf` for a text message, with the ISO code of its country. Throws `country_not_served` too, if none are sent to
 * that country.
 */
export function servedPhoneOf(written: string): { phone: string; country: string } {
  const { number, country } = existing(written);
  if (!country || !settings.smsCountries().includes(country)) throw new Problem('country_not_served');
  return { phone: number, country };
}

function parsed(written: string): PhoneNumber | undefined {
  const phone = parsePhoneNumberFromString(written);
  return phone?.isValid() ? phone : undefined;
}

function existing(written: string): PhoneNumber {
  const phone = parsed(written);
  if (phone) return phone;
  const message = 'is not a valid phone number; use the format +79991234567';
  throw new Problem('invalid_input', { errors: [{ path: 'phone', message, rule: 'phone' }] });
}
