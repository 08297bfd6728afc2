import { expect, test, vi } from 'vitest';
import { NoConcurrency } from '../../../infra/local/aws/lambda/lambda.ts';
import { Deliveries } from './deliveries.ts';

const erasure = { event: () => {}, during: <T>(run: () => Promise<T>) => run() };

test('an event waits as long as Lambda has no free concurrency, and is given up when the function fails three times', async () => {
  const gaveUp = vi.fn();
  const deliver = vi.fn();
  const deliveries = new Deliveries({ erasure, gaveUp, deliver });

  for (let n = 0; n < 4; n++) deliver.mockRejectedValueOnce(new NoConcurrency('deliver has no free concurrency'));
  deliver.mockResolvedValueOnce(undefined);
  deliveries.begin({}, 1);
  await deliveries.allDone();
  expect(deliver).toHaveBeenCalledTimes(5);
  expect(gaveUp).not.toHaveBeenCalled();

  deliver.mockRejectedValue(new Error('deliver: it exited'));
  deliveries.begin({}, 1);
  await deliveries.allDone();
  expect(deliver).toHaveBeenCalledTimes(5 + 3);
  expect(gaveUp).toHaveBeenCalledTimes(1);
});
