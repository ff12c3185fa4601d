/** Requests that are made again where that can help. */

import type { Sleep } from './service.ts';

/** Statuses that say: later. */
const LATER = [429, 503];
/** Seconds between one try and the next where the server does not say how long to wait. */
const WAITS = [0.5, 1, 2, 4];

/**
 * The answer to a request that may be made twice: reading, or removing what may be gone already. It is one of `LATER`,
 * or a lost connection an error, only where it was so to the last.
 */
export async function send(url: URL, init: RequestInit, sleep: Sleep): Promise<Response> {
  for (const wait of WAITS) {
    const response = await fetch(url, init).catch(() => undefined);
    if (response !== undefined && !LATER.includes(response.status)) {
      return response;
    }
    const told = response?.headers.get('retry-after') ?? '';
    await sleep(/^\d+$/.test(told) ? Number(told) : wait);
  }
  return fetch(url, init);
}
