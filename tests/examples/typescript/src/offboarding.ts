/** The service as it is. */

import { setTimeout } from 'node:timers/promises';

import { send } from './retrying.ts';
import type { Outcome, Service, Settings, Sleep } from './service.ts';

/** Takes people out of an organization at each vendor. Whoever is out already may be taken out again. */
export class Offboarding implements Service {
  readonly #settings: Settings;
  readonly #sleep: Sleep;

  constructor(settings: Settings, sleep: Sleep = (seconds) => setTimeout(seconds * 1000)) {
    this.#settings = settings;
    this.#sleep = sleep;
  }

  async remove(email: string): Promise<Outcome[]> {
    return [await this.#leaveWhylabs(email), await this.#leaveEnhance(email)];
  }

  async #leaveWhylabs(email: string): Promise<Outcome> {
    const { whylabsUrl, whylabsKey, whylabsOrganization } = this.#settings;
    const url = new URL(`${whylabsUrl}/v0/organizations/${whylabsOrganization}/membership`);
    url.searchParams.set('email', email);
    return outcome('WhyLabs', await this.#call('DELETE', url, { 'X-API-Key': whylabsKey }));
  }

  async #leaveEnhance(email: string): Promise<Outcome> {
    const { enhanceUrl, enhanceToken, enhanceOrganization } = this.#settings;
    const headers = { Authorization: `Bearer ${enhanceToken}` };
    const members = `${enhanceUrl}/orgs/${enhanceOrganization}/members`;
    const search = new URL(members);
    search.searchParams.set('search', email);
    const found = await this.#call('GET', search, headers);
    if (!found.ok) {
      return outcome('Enhance', found);
    }
    // Whoever's name or address contains the text is found.
    const { items } = (await found.json()) as { items: { id: string; email: string }[] };
    const member = items.find((item) => item.email.toLowerCase() === email.toLowerCase());
    if (member === undefined) {
      return { vendor: 'Enhance', result: 'no member' };
    }
    return outcome('Enhance', await this.#call('DELETE', new URL(`${members}/${member.id}`), headers));
  }

  #call(method: string, url: URL, headers: Record<string, string>): Promise<Response> {
    return send(url, { method, headers }, this.#sleep);
  }
}

/** What an answer means. Who is not found is out: by somebody else, or by a try whose answer was lost. */
async function outcome(vendor: Outcome['vendor'], response: Response): Promise<Outcome> {
  if (response.ok) {
    return { vendor, result: 'removed' };
  }
  if (response.status === 404) {
    return { vendor, result: 'no member' };
  }
  const refusal = (await response.json().catch(() => ({}))) as { message?: string };
  return { vendor, result: 'refused', reason: refusal.message ?? `status ${response.status}` };
}
