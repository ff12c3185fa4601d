/** What the service has to do, whatever the vendors do. */

import { deepEqual, equal, match } from 'node:assert/strict';
import { afterEach, beforeEach, test } from 'node:test';

import type { Outcome, Service, Settings, Sleep } from '../src/service.ts';
import { World, without } from './world.ts';

const { Offboarding } = (await import(`../src/${process.env['SERVICE'] ?? 'offboarding'}.ts`)) as {
  Offboarding: new (settings: Settings, sleep: Sleep) => Service;
};

const BOTH_REMOVED: Outcome[] = [
  { vendor: 'WhyLabs', result: 'removed' },
  { vendor: 'Enhance', result: 'removed' },
];
const REMOVAL = { api: 'whylabs', operation: 'RemoveOrganizationMembership' };

let world: World;
let offboarding: Service;

beforeEach(async (context) => {
  world = await World.make(context.name);
  // The service's waits set the world's clock forward instead of taking time.
  offboarding = new Offboarding(world.settings, (seconds) => world.advance(`PT${seconds}S`));
});

afterEach(() => world.forget());

test('a member is removed from both', async () => {
  deepEqual(await offboarding.remove('bert@example.com'), BOTH_REMOVED);

  deepEqual(await world.members(), { whylabs: without('bert'), enhance: without('bert') });
  await world.verify(
    { match: { ...REMOVAL, query: { email: 'bert@example.com' } }, count: 1 },
    { match: { operation: 'deleteMember', status: 204 }, count: 1 },
  );
});

test('an address that is part of another one is not taken for it', async () => {
  deepEqual(await offboarding.remove('ann@example.com'), BOTH_REMOVED);

  deepEqual((await world.members()).enhance.includes('joann'), true);
});

test('an address with a plus sign is one', async () => {
  deepEqual(await offboarding.remove('dee+ops@example.com'), BOTH_REMOVED);
});

test('nothing is sent that the contracts do not have', async () => {
  await offboarding.remove('bert@example.com');

  deepEqual(await world.violations(), []);
});

test('who is no member is no problem', async () => {
  deepEqual(await offboarding.remove('stranger@example.com'), [
    { vendor: 'WhyLabs', result: 'no member' },
    { vendor: 'Enhance', result: 'no member' },
  ]);
});

test('the owner stays and the reason is told', async () => {
  const [whylabs, enhance] = await offboarding.remove('owner@example.com');

  equal(whylabs?.result, 'removed');
  equal(enhance?.result, 'refused');
  match(enhance?.reason ?? '', /owner/);
  deepEqual((await world.members()).enhance.includes('owner'), true);
});

test('a key that has expired at one vendor does not keep the other one from being done', async () => {
  await world.advance('P31DT1S');

  const [whylabs, enhance] = await offboarding.remove('bert@example.com');

  equal(whylabs?.result, 'refused');
  deepEqual(enhance, { vendor: 'Enhance', result: 'removed' });
});

test('a rate limit is waited out', async () => {
  await world.goWrong({ api: 'enhance' }, { kind: 'rate_limit', requests: 1, seconds: 30 });

  deepEqual(await offboarding.remove('bert@example.com'), BOTH_REMOVED);

  equal(await world.now(), '2026-01-01T00:00:30Z');
  await world.verify({ match: { operation: 'deleteMember', status: 429 }, count: 1 });
});

test('an outage is waited out', async () => {
  const outage = { kind: 'raw', status: 503, headers: { 'retry-after': '7' } };
  await world.goWrong({ ...REMOVAL, times: 2 }, outage);

  deepEqual(await offboarding.remove('bert@example.com'), BOTH_REMOVED);

  equal(await world.now(), '2026-01-01T00:00:14Z');
  await world.verify({ match: REMOVAL, count: 3 });
});

test('a removal whose answer is lost is made again', async () => {
  await world.goWrong({ ...REMOVAL, times: 1 }, { kind: 'cut_connection', after_handling: true });

  // The first try did it; the second one finds nobody.
  deepEqual(await offboarding.remove('bert@example.com'), [
    { vendor: 'WhyLabs', result: 'no member' },
    { vendor: 'Enhance', result: 'removed' },
  ]);
  await world.verify({ match: REMOVAL, count: 2 });
});
