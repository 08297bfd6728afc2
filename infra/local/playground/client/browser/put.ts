import type { Put } from '../files/put.ts';
import { times } from '../realtime/times.ts';
import { ApiProblem, NoAnswer } from '../rest/api-problem.ts';
import { here } from './here.ts';

/** XMLHttpRequest, because `fetch` does not say how much it has sent. */
export const put: Put = ({ url, headers }, blob, signal, onProgress) => {
  signal.throwIfAborted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = new XMLHttpRequest();
  request.open('PUT', here(url));
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  const giveUp = () => {
    reject(new NoAnswer('The upload has stalled.'));
    request.abort();
  };
  let timer = setTimeout(giveUp, times.upload);
  request.upload.onprogress = ({ loaded }) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, times.upload);
    onProgress?.(loaded);
  };
  // 412: the key has been written, by an earlier attempt whose answer was lost.
  request.onload = () =>
    request.status < 300 || request.status === 412 ? resolve() : reject(new ApiProblem(request.status, {}));
  request.onerror = () => reject(new NoAnswer('The upload broke off.'));
  const abort = () => request.abort();
  request.onabort = () => reject(signal.reason);
  signal.addEventListener('abort', abort);
  request.onloadend = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  };
  request.send(blob);
  return promise;
};
