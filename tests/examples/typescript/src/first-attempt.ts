/** The service as it was first written. It works for people with plain addresses on a good day. */

import type { Outcome, Service, Settings } from './service.ts';

export class Offboarding implements Service {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  async remove(email: string): Promise<Outcome[]> {
    return [await this.#leaveWhylabs(email), await this.#leaveEnhance(email)];
  }

  async #leaveWhylabs(email: string): Promise<Outcome> {
    const { whylabsUrl, whylabsKey, whylabsOrganization } = this.#settings;
    await call('DELETE', `${whylabsUrl}/v0/organizations/${whylabsOrganization}/membership?email=${email}`, {
      'X-API-Key': whylabsKey,
    });
    return { vendor: 'WhyLabs', result: 'removed' };
  }

  async #leaveEnhance(email: string): Promise<Outcome> {
    const { enhanceUrl, enhanceToken, enhanceOrganization } = this.#settings;
    const headers = { Authorization: `Bearer ${enhanceToken}` };
    const members = `${enhanceUrl}/orgs/${enhanceOrganization}/members`;
    const found = await call('GET', `${members}?search=${email}`, headers);
    const { items } = (await found.json()) as { items: { id: string }[] };
    if (items[0] === undefined) {
      return { vendor: 'Enhance', result: 'no member' };
    }
    await call('DELETE', `${members}/${items[0].id}?force=true`, headers);
    return { vendor: 'Enhance', result: 'removed' };
  }
}

async function call(method: string, url: string, headers: Record<string, string>): Promise<Response> {
  const response = await fetch(url, { method, headers });
  if (!response.ok) {
    throw new Error(`${method} ${url}: ${response.status}`);
  }
  return response;
}
