import { parsePhoneNumberWithError } from 'libphonenumber-js/min';
import { Problem } from './problem.ts';
import { settings } from './settings.ts';

/** A number as people write it, in E.164. Throws `invalid_input`. */
export function toE164(written: string): { phone: string; country: string | undefined } {
  try {
    const parsed = parsePhoneNumberWithError(written);
    if (parsed.isValid()) return { phone: parsed.number, country: parsed.country };
  } catch {
    // Said below, as for a number that can be read but that nobody can have.
  }
  throw new Problem('invalid_input', { errors: [{ path: 'phone', message: 'is not a phone number' }] });
}

/** The same, if text messages are sent to its country. Throws `country_not_served` too. */
export function toServedPhone(written: string): string {
  const { phone, country } = toE164(written);
  if (!country || !settings.smsCountries().includes(country)) throw new Problem('country_not_served');
  return phone;
}
