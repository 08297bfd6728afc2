import './replace.ts';
import type { Template } from './history.ts';
import type { Plan } from './plan.ts';

/**
 * Plays histories in a process of its own, one after the other. It gets a `Play`, and sends a `Played` for each plan.
 * Its environment has the variables that Lambda and the template would set.
 */

export interface Play {
  plans: [number, Plan][];
  template: Template;
  dynamodb: string;
  controlTable: string;
}

const { randomFrom } = await import('../../../infra/local/random.ts');
const { Secrets } = await import('../../../infra/local/aws/services/secrets.ts');
const { addTokenKey } = await import('../token-key.ts');
const { fcmServiceAccount } = await import('../stand-ins/fcm.ts');
const { connectTo } = await import('./network.ts');
const { PushHistory } = await import('./history.ts');
const { pass } = await import('./time.ts');
const { handlerOf } = await import('../call.ts');

/** Loading a module takes real time. */
const used = [
  ...['auth/end-session', 'chats/mark-read', 'chats/open-direct', 'chats/send-message', 'chats/set-notifications'],
  ...['groups/add-members', 'groups/create-group', 'groups/remove-member', 'messages/delete-message'],
  ...['messages/edit-message', 'users/block-user', 'users/set-push', 'users/unblock-user'],
];

process.stdout.write = () => true;

process.once('message', async ({ plans, template, dynamodb, controlTable }: Play) => {
  const secrets = new Secrets();
  await addTokenKey(secrets, { secret: process.env.TOKEN_KEY ?? '', dynamodb, tables: [controlTable] });
  secrets.set(process.env.OPERATOR_SECRET ?? '', JSON.stringify({ fcmServiceAccount }));
  await Promise.all(used.map(handlerOf));
  for (const [n, plan] of plans) {
    Math.random = randomFrom(plan.seed);
    const hits: string[] = [];
    const history = new PushHistory(plan, template, (name) => hits.push(name));
    const read = (input: { SecretId: string }) => ({ SecretString: secrets.valueOf(input.SecretId) });
    connectTo({
      secret: (input) => read(input as { SecretId: string }),
      firebase: (url, init) => history.firebase.answer(url, init),
    });
    const outcome = await pass(history.play()).catch((error: Error) => ({ error: error.stack ?? error.message }));
    process.send?.({ n, hits, outcome });
  }
  process.exit();
});
process.send?.('ready');
