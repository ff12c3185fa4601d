// Clerk's memberships through the vendor's current client, `@clerk/backend`, unmodified.
//
// Usage: node memberships.mjs BASE_URL, the server at BASE_URL being fresh from the default fixtures. The client
// appends the version itself, so BASE_URL does without `/v1`.

import { deepEqual } from 'node:assert/strict';

import { createClerkClient } from '@clerk/backend';
import { isClerkAPIResponseError } from '@clerk/backend/errors';

const ACME = 'org_29w9IfBrPmcpi0IeBVaKtA7R94W';
const SOLO_ADMIN = 'org_29w9KzczMSpxkMzN5E6EUCLDUdv';
const FULL_HOUSE = 'org_29w9Mrdr0UwfMpf5rg7wOojmCUu';
const EMPTY = 'org_29w9PnBRoeL5pykPTPly5kAA819';
const ELSEWHERE = 'org_2OEpQK6tVbXr8YwPc2ZsNmLd4Hg';
const UNKNOWN_ORGANIZATION = 'org_000000000000000000000000000';

const CY = 'user_29w85KF5ZR3qa7yEeeby3abP3E2';
const DEE = 'user_29w86RZs8IQ9Y7aJZqhB6baeCN6';
const EVE = 'user_29w87cZj4a3dDVhYRnKTbxTNJFo';
const GUS = 'user_2OEpKhcCN1Lat9NQ0G6puh7q5Rb';
const HAL = 'user_2OEpLsL9xVQ2zg4mZaouqKLiMcV';
const UNKNOWN_USER = 'user_000000000000000000000000000';

const ADMIN_PERMISSIONS = [
  'org:sys_profile:manage',
  'org:sys_profile:delete',
  'org:sys_memberships:read',
  'org:sys_memberships:manage',
  'org:sys_domains:read',
  'org:sys_domains:manage',
];

// The members of Acme, oldest first, by what the server calls their identifier.
const ACME_OLDEST_FIRST = [
  'ada@example.com',
  'bob@example.com',
  'cyclone',
  '+15555550104',
  'jan@example.com',
  'kim@example.com',
  'lee@example.com',
  'max@example.com',
  'nia@example.com',
  'oto@example.com',
  'pia@example.com',
  'quy@example.com',
  'ray@example.com',
  'sue@example.com',
];

const baseUrl = process.argv[2];
const clientWith = (secretKey) => createClerkClient({ apiUrl: baseUrl, secretKey, telemetry: { disabled: true } });
const { organizations } = clientWith('sk_test_rollcall');

let checks = 0;

/** Counts a check that holds, and ends the run at one that does not. */
function check(what, actual, expected) {
  try {
    deepEqual(actual, expected);
  } catch (difference) {
    console.error(`@clerk/backend: ${what}: ${difference.message}`);
    process.exit(1);
  }
  checks += 1;
}

/** Expects the call to be refused with the client's own error, with this finding and no other. */
async function checkRefusal(what, call, status, code, parameter) {
  const error = await call().then(
    () => null,
    (error) => error,
  );
  check(`${what}: the client's own error`, isClerkAPIResponseError(error), true);
  check(`${what}: the status`, error.status, status);
  check(
    `${what}: the findings`,
    error.errors.map((finding) => [finding.code, finding.meta.paramName]),
    [[code, parameter]],
  );
  check(`${what}: the trace id`, /^[0-9a-f]{32}$/.test(error.clerkTraceId), true);
}

const identifiers = (page) => page.data.map((membership) => membership.publicUserData.identifier);
const list = (parameters) => organizations.getOrganizationMembershipList({ organizationId: ACME, ...parameters });

async function lists() {
  const newestFirst = ACME_OLDEST_FIRST.toReversed();
  const page = await list({});
  check('without parameters, the ten newest', identifiers(page), newestFirst.slice(0, 10));
  check('the number of all', page.totalCount, 14);

  const whole = await list({ limit: 500 });
  check('all on one page', identifiers(whole), newestFirst);
  const pages = [];
  for (const offset of [0, 5, 10, 15]) {
    pages.push(await list({ limit: 5, offset }));
  }
  check('the sizes of the pages', pages.map((page) => page.data.length), [5, 5, 4, 0]);
  check('each page knows the number of all', pages.map((page) => page.totalCount), [14, 14, 14, 14]);
  const raw = (page) => page.data.map((membership) => membership.raw);
  check('the pages together are the whole', pages.flatMap(raw), raw(whole));

  for (const orderBy of ['created_at', '+created_at']) {
    check(`by ${orderBy}`, identifiers(await list({ limit: 500, orderBy })), ACME_OLDEST_FIRST);
  }
  const byName = await list({ limit: 4, orderBy: '-last_name' });
  const names = byName.data.map((membership) => membership.publicUserData.lastName);
  check('by -last_name, those without one first', names, [null, 'Snow', 'Reed', 'Quinn']);

  const nobody = await organizations.getOrganizationMembershipList({ organizationId: EMPTY });
  check('an organization without members', [nobody.data, nobody.totalCount], [[], 0]);
}

async function adds() {
  const added = await organizations.createOrganizationMembership({
    organizationId: ACME,
    userId: GUS,
    role: 'org:member',
  });
  check('a new id', /^orgmem_[0-9A-Za-z]{27}$/.test(added.id), true);
  check('the role', [added.role, added.permissions], ['org:member', ['org:sys_memberships:read']]);
  check("the role's name", added.raw.role_name, 'Member');
  check('no metadata yet', [added.publicMetadata, added.privateMetadata], [{}, {}]);
  check('changed when it was made', added.updatedAt, added.createdAt);
  const { organization, publicUserData } = added;
  check('the organization', [organization.id, organization.name, organization.slug], [ACME, 'Acme', 'acme']);
  check('its members now', organization.membersCount, 15);
  check('its picture', [organization.hasImage, organization.imageUrl], [false, 'https://img.clerk.com/default-org']);
  check('the user', [publicUserData.userId, publicUserData.firstName, publicUserData.lastName], [GUS, 'Gus', 'Gray']);
  check('who is known as', publicUserData.identifier, 'gus@example.com');

  const page = await list({ limit: 1 });
  check('the newest of the list', page.data[0].raw, added.raw);
  check('the number of all', page.totalCount, 15);
  return added;
}

async function changes(added) {
  const changed = await organizations.updateOrganizationMembership({
    organizationId: ACME,
    userId: GUS,
    role: 'org:admin',
  });
  check('the new role', [changed.role, changed.permissions], ['org:admin', ADMIN_PERMISSIONS]);
  check('the same membership', [changed.id, changed.createdAt], [added.id, added.createdAt]);
  check('changed later', changed.updatedAt >= added.updatedAt, true);

  const owner = await organizations.updateOrganizationMembership({
    organizationId: SOLO_ADMIN,
    userId: EVE,
    role: 'org:owner',
  });
  check("a role of the instance's own", owner.role, 'org:owner');

  const merged = await organizations.updateOrganizationMembershipMetadata({
    organizationId: ACME,
    userId: CY,
    publicMetadata: { prefs: { homeTown: 'Oia', beta: null }, tags: ['y', null] },
    privateMetadata: { crm: { tier: 'gold' } },
  });
  check('public metadata merged, a null key removed', merged.publicMetadata, {
    prefs: { theme: 'dark', homeTown: 'Oia' },
    tags: ['y', null],
  });
  check('private metadata merged', merged.privateMetadata, { crm: { id: 7, tier: 'gold' } });
  const again = await organizations.updateOrganizationMembershipMetadata({
    organizationId: ACME,
    userId: CY,
    publicMetadata: { prefs: 'none' },
  });
  check('an object replaced', again.publicMetadata, { prefs: 'none', tags: ['y', null] });
  check('the other bag untouched', again.privateMetadata, merged.privateMetadata);
}

async function removes(added) {
  const gus = { organizationId: ACME, userId: GUS };
  const current = await organizations.updateOrganizationMembership({ ...gus, role: 'org:billing' });
  const removed = await organizations.deleteOrganizationMembership(gus);
  check('the membership as it was', [removed.id, removed.role], [added.id, 'org:billing']);
  check('not changed by going', removed.updatedAt, current.updatedAt);
  check('the members left', removed.organization.membersCount, 14);
  const remaining = await list({ limit: 500 });
  check('the list without them', identifiers(remaining), ACME_OLDEST_FIRST.toReversed());
  await checkRefusal(
    'removing twice',
    () => organizations.deleteOrganizationMembership(gus),
    404,
    'resource_not_found',
  );

  const back = await organizations.createOrganizationMembership({ ...gus, role: 'org:member' });
  check('added again, another membership', back.id === added.id, false);
}

async function refuses() {
  const add = (organizationId, userId, role) => () =>
    organizations.createOrganizationMembership({ organizationId, userId, role });
  const change = (organizationId, userId, role) => () =>
    organizations.updateOrganizationMembership({ organizationId, userId, role });
  const remove = (organizationId, userId) => () =>
    organizations.deleteOrganizationMembership({ organizationId, userId });
  const merge = (userId, publicMetadata) => () =>
    organizations.updateOrganizationMembershipMetadata({ organizationId: ACME, userId, publicMetadata });
  const unknown = () => organizations.getOrganizationMembershipList({ organizationId: UNKNOWN_ORGANIZATION });

  await checkRefusal('a member already', add(ACME, DEE, 'org:admin'), 400, 'already_a_member_in_organization');
  const minimum = 'organization_minimum_permissions_needed';
  await checkRefusal('the last admin steps down', change(SOLO_ADMIN, EVE, 'org:member'), 400, minimum);
  await checkRefusal('the last admin leaves', remove(SOLO_ADMIN, EVE), 400, minimum);
  const quota = 'organization_membership_quota_exceeded';
  await checkRefusal('a full house', add(FULL_HOUSE, HAL, 'org:member'), 403, quota);

  await checkRefusal("an unknown organization's list", unknown, 404, 'resource_not_found');
  await checkRefusal('an unknown user', add(ACME, UNKNOWN_USER, 'org:member'), 404, 'resource_not_found');
  await checkRefusal('an unknown role', add(ACME, HAL, 'org:nope'), 404, 'resource_not_found', 'role');
  await checkRefusal('metadata of no member', merge(HAL, {}), 404, 'resource_not_found');

  await checkRefusal('no role', add(ACME, HAL, ''), 422, 'form_param_missing', 'role');
  await checkRefusal('no new role', change(ACME, DEE, ''), 422, 'form_param_missing', 'role');
  const invalid = 'form_param_value_invalid';
  await checkRefusal('an unknown order', () => list({ orderBy: 'age' }), 422, invalid, 'order_by');
  await checkRefusal('too long a page', () => list({ limit: 501 }), 422, invalid, 'limit');
  await checkRefusal('a page before the first', () => list({ offset: -1 }), 422, invalid, 'offset');
  await checkRefusal('metadata that is text', merge(DEE, 'text'), 422, invalid, 'public_metadata');
  const tooLarge = merge(DEE, { note: 'x'.repeat(8192) });
  await checkRefusal('too much metadata', tooLarge, 422, 'form_param_exceeds_allowed_size', 'public_metadata');
}

async function keys() {
  const stranger = clientWith('sk_test_wrong').organizations;
  const dee = { organizationId: ACME, userId: DEE };
  const hal = { organizationId: ACME, userId: HAL, role: 'org:member' };
  await checkRefusal(
    'a list for a wrong key',
    () => stranger.getOrganizationMembershipList({ organizationId: ACME }),
    401,
    'clerk_key_invalid',
  );
  await checkRefusal(
    'a removal for a wrong key',
    () => stranger.deleteOrganizationMembership(dee),
    401,
    'clerk_key_invalid',
  );
  await checkRefusal(
    'a membership for a wrong key',
    () => stranger.createOrganizationMembership(hal),
    401,
    'clerk_key_invalid',
  );
  const restricted = clientWith('sk_test_rollcall_restricted').organizations;
  await checkRefusal(
    'a membership for a restricted key',
    () => restricted.createOrganizationMembership(hal),
    403,
    'authorization_invalid',
  );
  const plain = clientWith('sk_test_rollcall_plain').organizations;
  await checkRefusal(
    'a membership where there are no organizations',
    () => plain.createOrganizationMembership({ ...hal, organizationId: ELSEWHERE }),
    403,
    'organization_not_enabled_in_instance',
  );
}

await lists();
const added = await adds();
await changes(added);
await removes(added);
await refuses();
await keys();
console.log(`@clerk/backend: ${checks} checks hold`);
