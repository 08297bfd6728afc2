import * as z from 'zod';

const rate = (requests: string) => z.number().positive().describe(`${requests} per second`);

/** A throttle of API Gateway, with these defaults. */
export const throttle = (rateLimit: number, burstLimit: number) =>
  z
    .strictObject({
      rateLimit: rate('Requests').default(rateLimit),
      burstLimit: z.int().positive().default(burstLimit).describe('How many may arrive at the same moment'),
    })
    .prefault({});

/** An ARN of this service, of one region if `region` is given. */
export const arn = (service: string, region = '[a-z0-9-]*') =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws[a-z-]*:${service}:${region}:\\d{12}:.+$`),
      `must be an ARN of ${service}${region.length < 12 ? ` in ${region}` : ''}`,
    );
