import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { Problem } from '#shared/platform/problem.ts';
import { settings } from '#shared/platform/settings.ts';

/**
 * The ISO code of a phone's country, from the world's numbering plans. Throws `invalid_input` if no phone can have the
 * number, and `country_not_served` if no text messages are sent to its country.
 */
export function servedCountryOf(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  // The library accepts some numbers in a second form, such as +44 07911...; one phone must not have two accounts.
  if (!parsed?.isValid() || parsed.number !== phone) {
    const message = 'is not a valid phone number; use the format +79991234567';
    throw new Problem('invalid_input', { errors: [{ path: 'phone', message, rule: 'phone' }] });
  }
  const { country } = parsed;
  if (!country || !settings.smsCountries().includes(country)) throw new Problem('country_not_served');
  return country;
}
