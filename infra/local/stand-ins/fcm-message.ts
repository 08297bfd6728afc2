import * as z from 'zod/mini';

/** https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages, as far as a chat server needs it. */

/** FCM's limit for a message to a device, bytes. */
const maxBytes = 4096;
/** APNs' limit for `apns-collapse-id`, bytes. */
const maxCollapseIdBytes = 64;

const text = z.optional(z.string());
const flag = z.optional(z.boolean());
const texts = z.optional(z.record(z.string(), z.string()));
const struct = z.optional(z.record(z.string(), z.unknown()));
const duration = z.optional(z.string().check(z.regex(/^\d+(\.\d{1,9})?s$/)));
const options = z.optional(z.strictObject({ analytics_label: text, image: text, link: text }));

const androidNotification = z.strictObject({
  title: text,
  body: text,
  icon: text,
  color: text,
  sound: text,
  tag: text,
  click_action: text,
  body_loc_key: text,
  body_loc_args: z.optional(z.array(z.string())),
  title_loc_key: text,
  title_loc_args: z.optional(z.array(z.string())),
  channel_id: text,
  ticker: text,
  sticky: flag,
  event_time: text,
  local_only: flag,
  notification_priority: text,
  default_sound: flag,
  default_vibrate_timings: flag,
  visibility: z.optional(z.enum(['VISIBILITY_UNSPECIFIED', 'PRIVATE', 'PUBLIC', 'SECRET'])),
  notification_count: z.optional(z.int()),
  image: text,
});

const message = z.strictObject({
  token: text,
  data: texts,
  notification: z.optional(z.strictObject({ title: text, body: text, image: text })),
  android: z.optional(
    z.strictObject({
      collapse_key: text,
      priority: z.optional(z.enum(['NORMAL', 'HIGH', 'normal', 'high'])),
      ttl: duration,
      restricted_package_name: text,
      data: texts,
      notification: z.optional(androidNotification),
      fcm_options: options,
      direct_boot_ok: flag,
    }),
  ),
  webpush: z.optional(z.strictObject({ headers: texts, data: texts, notification: struct, fcm_options: options })),
  apns: z.optional(z.strictObject({ headers: texts, payload: struct, fcm_options: options })),
  fcm_options: options,
});

const sendRequest = z.strictObject({ validate_only: flag, message });

export type FcmMessage = z.output<typeof message> & { token: string };

/** What FCM finds wrong in a request: the field that it names, if it names one, and APNs' reason, if APNs found it. */
export interface Violation {
  field?: string;
  description: string;
  apnsReason?: string;
  /** Google's JSON parser found it, before FCM saw the request. */
  byParser?: true;
}

/** The message of a request, which is undefined if it is not JSON, or what is wrong in it. */
export function readMessage(request: unknown): { message: FcmMessage; validateOnly: boolean } | Violation {
  if (request === undefined) return { description: 'Invalid JSON payload received.', byParser: true };
  const parsed = z.safeParse(sendRequest, request);
  if (!parsed.success) return violationOf(parsed.error.issues[0], request);
  const { validate_only: validateOnly = false, message } = parsed.data;
  const { token } = message;
  if (!token) return { field: 'message', description: 'Recipient of the message is not set.' };
  const addressed = { ...message, token };
  return violationIn(addressed) ?? { message: addressed, validateOnly };
}

function violationIn({ token: _, ...content }: FcmMessage): Violation | undefined {
  const { data, android, webpush, apns } = content;
  const keys = [data, android?.data, webpush?.data].flatMap((values) => Object.keys(values ?? {}));
  const reserved = keys.find((key) => /^(from$|message_type$|google\.|gcm\.notification\.)/.test(key));
  if (reserved !== undefined) return { field: 'message.data', description: `Invalid data payload key: ${reserved}` };
  const collapseId = apns?.headers?.['apns-collapse-id'] ?? '';
  if (Buffer.byteLength(collapseId) > maxCollapseIdBytes)
    return { description: 'Request contains an invalid argument.', apnsReason: 'BadCollapseId' };
  const sent = JSON.stringify({ ...content, apns: apns?.payload });
  if (Buffer.byteLength(sent) > maxBytes)
    return { field: 'message', description: `${android ? 'Android' : 'The'} message is too big` };
  return undefined;
}

/** Worded like Google's JSON parser. */
function violationOf(issue: z.core.$ZodIssue | undefined, request: unknown): Violation {
  if (!issue) return { description: 'Request contains an invalid argument.', byParser: true };
  const field = fieldOf(issue.path, request);
  if (issue.code === 'unrecognized_keys') {
    const place = field ? ` at '${field}'` : '';
    return {
      field,
      byParser: true,
      description: `Invalid JSON payload received. Unknown name "${issue.keys[0]}"${place}: Cannot find field.`,
    };
  }
  const type = issue.code === 'invalid_type' ? `TYPE_${issue.expected.toUpperCase()}` : 'TYPE_ENUM';
  return {
    field,
    byParser: true,
    description: `Invalid value at '${field}' (${type}), ${JSON.stringify(valueAt(issue.path, request))}`,
  };
}

/** Google names an entry of a map by its index: message.data[0].value */
function fieldOf(path: PropertyKey[], request: unknown): string {
  const at = path.findIndex((key) => key === 'data' || key === 'headers') + 1;
  const key = path[at];
  if (at === 0 || key === undefined) return path.join('.');
  const map = path.slice(0, at);
  return `${map.join('.')}[${Object.keys(Object(valueAt(map, request))).indexOf(String(key))}].value`;
}

const valueAt = (path: PropertyKey[], request: unknown): unknown =>
  path.reduce<unknown>((inner, key) => Object(inner)[key], request);
