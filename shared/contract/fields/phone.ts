import * as z from 'zod/mini';
import { rule } from './rules.ts';

const phoneForm = z.describe('E.164, such as +79991234567; spaces, brackets, dots and dashes are ignored.');

/** Checks only the form. Whether such a number can exist is checked when a code is sent to it. */
export const phone = z
  .pipe(
    z.pipe(
      z.string().check(z.maxLength(40)),
      z.transform((written: string) => written.replace(/[\s().-]/g, '')),
    ),
    z
      .string()
      .check(
        rule(
          'phone',
          (number) => /^\+[1-9]\d{6,14}$/.test(number),
          'must be a phone number in the format +79991234567',
        ),
      ),
  )
  .check(z.meta({ pattern: '^\\+[1-9][\\d ().-]{5,30}$' }), phoneForm);
