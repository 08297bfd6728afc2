import { parsePhoneNumberWithError } from 'libphonenumber-js/min';
import { Problem } from './problem.ts';
import { settings } from './settings.ts';

/**
 * Looks a number up in the numbering plans of the world. Throws `invalid_input` when nobody can have it, and
 * `country_not_served` when no text messages are sent to its country.
 */
export function refuseUnservedPhone(phone: string): void {
  const country = countryOf(phone);
  if (!country || !settings.smsCountries().includes(country)) throw new Problem('country_not_served');
}

function countryOf(phone: string): string | undefined {
  try {
    const parsed = parsePhoneNumberWithError(phone);
    // It reads some numbers in two ways, +44 07911... too: here each has one, or one phone would be two accounts.
    if (parsed.isValid() && parsed.number === phone) return parsed.country;
  } catch {
    // Said below, as for a number that can be read but that nobody can have.
  }
  throw new Problem('invalid_input', {
    errors: [{ path: 'phone', message: 'is not a number that a phone can have; write it like +79991234567' }],
  });
}
