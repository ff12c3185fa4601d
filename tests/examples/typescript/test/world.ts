/** Worlds of the mock server, by its control API. */

import assert from 'node:assert/strict';

import type { Settings } from '../src/service.ts';

const CONTROL = `${process.env['ROLLCALL_URL'] ?? 'http://127.0.0.1:4010'}/_mock`;
const TOKEN = process.env['MOCK_CONTROL_TOKEN'];

const KEY = 'OffboardK1.AnyKeyOfThisFormWillDoForTheTestsOfTheServicexxxxxxxx';
const ORGANIZATION = '5f0c2a52-8d5c-4f66-9d0a-3c1f6c1d7a10';
/** By the order of joining: whoever searches for ann@example.com finds joann@example.com first. */
const PEOPLE = ['owner', 'joann', 'ann', 'bert', 'dee+ops'];

/** An organization at each vendor with five members; at Enhance it is the owner's. */
function fixtures(): object {
  const logins = PEOPLE.map((name, number) => ({ name, id: `00000000-0000-4000-8000-00000000000${number}` }));
  return {
    whylabs: {
      organizations: [{ id: 'org-acme', name: 'Acme' }],
      users: PEOPLE.map((name) => ({ id: name, email: `${name}@example.com` })),
      memberships: PEOPLE.map((name) => ({ organization: 'org-acme', user: name, role: 'MEMBER' })),
      api_keys: [
        {
          secret: KEY,
          organization: 'org-acme',
          user: 'owner',
          scopes: [':administrator'],
          expires_at: '2026-02-01T00:00:00Z',
        },
      ],
    },
    enhance: {
      organizations: [{ id: ORGANIZATION, name: 'Acme' }],
      logins: logins.map(({ name, id }) => ({ id, name, email: `${name}@example.com`, password: 'mock-password' })),
      access_tokens: [{ organization: ORGANIZATION, secret: 'offboarding-token', roles: ['SuperAdmin'] }],
      members: logins.map(({ name, id }) => ({
        organization: ORGANIZATION,
        login: id,
        roles: [name === 'owner' ? 'Owner' : 'Support'],
      })),
    },
  };
}

interface BaseUrls {
  whylabs: string;
  enhance: string;
}

interface Violation {
  path: string;
  kind: string;
  pointer: string;
}

interface State {
  whylabs: { memberships: { user: string }[] };
  enhance: { logins: { id: string; email: string }[]; members: { login: string }[] };
}

async function control(method: string, path: string, body?: object): Promise<Response> {
  return fetch(CONTROL + path, {
    method,
    headers: {
      ...(TOKEN === undefined ? {} : { authorization: `Bearer ${TOKEN}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

/** One isolated universe, whose clock stands still. */
export class World {
  readonly settings: Settings;
  readonly #path: string;

  private constructor(name: string, urls: BaseUrls) {
    this.#path = `/worlds/${name}`;
    this.settings = {
      whylabsUrl: urls.whylabs,
      whylabsKey: KEY,
      whylabsOrganization: 'org-acme',
      enhanceUrl: urls.enhance,
      enhanceToken: 'offboarding-token',
      enhanceOrganization: ORGANIZATION,
    };
  }

  /** Makes a test's own world. Whatever is reported of it later has the name of the test. */
  static async make(test: string): Promise<World> {
    const name = test.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, 64);
    const clock = { frozen_at: '2026-01-01T00:00:00Z' };
    const made = await control('POST', '/worlds', { name, fixtures: fixtures(), clock });
    assert.equal(made.status, 201, await made.clone().text());
    const { base_urls } = (await made.json()) as { base_urls: BaseUrls };
    return new World(name, base_urls);
  }

  async #call(method: string, path: string, body?: object): Promise<unknown> {
    const response = await control(method, this.#path + path, body);
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  async forget(): Promise<void> {
    await this.#call('DELETE', '');
  }

  async advance(by: string): Promise<void> {
    await this.#call('POST', '/clock/advance', { by });
  }

  async now(): Promise<string> {
    return ((await this.#call('GET', '/clock')) as { now: string }).now;
  }

  async goWrong(match: object, effect: object): Promise<void> {
    await this.#call('POST', '/faults', { match, effect });
  }

  /** The members at each vendor, in alphabetical order. */
  async members(): Promise<{ whylabs: string[]; enhance: string[] }> {
    const { whylabs, enhance } = (await this.#call('GET', '/state')) as State;
    const addresses = new Map(enhance.logins.map(({ id, email }) => [id, email]));
    return {
      whylabs: whylabs.memberships.map(({ user }) => user).sort(),
      enhance: enhance.members.map(({ login }) => addresses.get(login)?.replace('@example.com', '') ?? login).sort(),
    };
  }

  /** What the service did that no contract has. */
  async violations(): Promise<string[]> {
    const { violations } = (await this.#call('GET', '/violations')) as { violations: Violation[] };
    return violations.map(({ path, kind, pointer }) => `${path}: ${kind} ${pointer}`);
  }

  /** Fails the test, with what came nearest, unless this was called. */
  async verify(...expect: object[]): Promise<void> {
    const response = await control('POST', `${this.#path}/requests/verify`, { expect });
    const { detail } = (await response.json()) as { detail?: string };
    assert.equal(response.status, 200, detail);
  }
}

/** Everybody but one, in alphabetical order. */
export function without(name: string): string[] {
  return PEOPLE.filter((other) => other !== name).sort();
}
