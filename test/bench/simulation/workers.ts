import { dynamo, picture, push, queues } from './assumptions.ts';
import { sleep } from './clock.ts';
import { environment } from './environment.ts';
import { request } from './http.ts';
import { between } from './random.ts';
import { read } from './reads.ts';

/** What the functions do with pushes and pictures: not their code, but the calls and units that tests count of it. */

const work = (ms: number) => new Promise<void>((done) => environment().work(ms, done));

async function makeTrips(count: number): Promise<void> {
  for (let trip = 0; trip < count; trip++) await sleep(between(dynamo.latency));
}

/** An event of the function `push`. */
export async function pushToPage(): Promise<void> {
  await work(push.cpu);
  await makeTrips(push.trips - 1);
  await read('chat', push.readUnits * dynamo.itemBytes, push.readUnits);
  await sleep(between(push.firebase));
}

/** In the function of a message, before it is stored. */
export async function keepPicture(): Promise<void> {
  const from = environment();
  await work(picture.cpu);
  await request(from, () => ({ latency: between(queues.answer), answer: undefined }), Number.POSITIVE_INFINITY);
  from.account.files.enqueue(0);
  for (let trip = 0; trip < picture.trips; trip++) await sleep(between(picture.s3));
}

/** An event of the function `delete-files`. */
export async function deleteFilesOf(): Promise<void> {
  await work(picture.deleteFiles.cpu);
  await makeTrips(picture.deleteFiles.trips);
}
