// Logto's organizations through the vendor's current client, `@logto/api`, unmodified: it gets its tokens itself.
//
// Usage: node memberships.mjs BASE_URL, the server at BASE_URL being fresh from the default fixtures. The client
// appends `/oidc/token` and `/api` itself.

import { deepEqual } from 'node:assert/strict';

import { createApiClient, createManagementApi } from '@logto/api/management';

const ACME = 'acme00000001';
const GLOBEX = 'globex000002';
const EMPTY = 'emptyorg0003';
const NO_ORGANIZATION = 'nosuchorg';

const ALICE = 'alice0000001';
const BOB = 'bob000000002';
const CAROL = 'carol0000003';
const DAVE = 'dave00000004';
const ERIN = 'erin00000005';
const FRANK = 'frank0000006';
const NOBODY = 'nosuchuser';

const ADMIN = 'role_admin_0000000001';
const MEMBER = 'role_member_000000002';
const VIEWER = 'role_viewer_000000003';
const NO_ROLE = 'nosuchrole';

const ORGANIZATIONS = '/api/organizations';
const ORGANIZATION = '/api/organizations/{id}';
const USERS = '/api/organizations/{id}/users';
const USER = '/api/organizations/{id}/users/{userId}';
const USERS_ROLES = '/api/organizations/{id}/users/roles';
const ROLES = '/api/organizations/{id}/users/{userId}/roles';
const ROLE = '/api/organizations/{id}/users/{userId}/roles/{organizationRoleId}';

const baseUrl = process.argv[2];
const managementApi = (clientId, clientSecret, apiIndicator) =>
  createManagementApi('default', { clientId, clientSecret, baseUrl, ...(apiIndicator && { apiIndicator }) });
const { apiClient, clientCredentials } = managementApi('mock-app', 'mock-app-secret');

let checks = 0;

/** Counts a check that holds, and ends the run at one that does not. */
function check(what, actual, expected) {
  try {
    deepEqual(actual, expected);
  } catch (difference) {
    console.error(`@logto/api: ${what}: ${difference.message}`);
    process.exit(1);
  }
  checks += 1;
}

/** Calls, and expects this status and no error. */
async function done(method, path, parameters, status, body) {
  const { data, error, response } = await apiClient[method](path, { params: parameters, ...(body && { body }) });
  check(`${method} ${path}: the status`, [response.status, error], [status, undefined]);
  return { data, headers: response.headers };
}

/** Calls, and expects to be refused with this status and code, in the client's typed error. */
async function refused(what, method, path, parameters, status, code, body, client = apiClient) {
  const { data, error, response } = await client[method](path, { params: parameters, ...(body && { body }) });
  check(what, [response.status, error?.code, data], [status, code, undefined]);
  check(`${what}: says why`, typeof error.message, 'string');
}

const of = (id, rest = {}) => ({ path: { id, ...rest } });
const ids = (rows) => rows.map((row) => row.id);

async function members(id, query) {
  const { data } = await done('GET', USERS, { ...of(id), ...(query && { query }) }, 200);
  return ids(data);
}

async function roles(id, userId) {
  const { data } = await done('GET', ROLES, of(id, { userId }), 200);
  return ids(data);
}

async function tokens() {
  const token = await clientCredentials.getAccessToken();
  check('what the token is good for', token.scope, 'all');
  check('it is kept until it ends', await clientCredentials.getAccessToken(), token);
  const claims = JSON.parse(Buffer.from(token.value.split('.')[1], 'base64url').toString());
  check('whose and what for', [claims.sub, claims.aud], ['mock-app', 'https://default.logto.app/api']);
  check('how long', claims.exp - claims.iat, 3600);
}

async function lists() {
  const { data: all } = await done('GET', ORGANIZATIONS, {}, 200);
  check('every organization', ids(all), [ACME, GLOBEX, EMPTY]);
  const { data: featured } = await done('GET', ORGANIZATIONS, { query: { showFeatured: 'true' } }, 200);
  check('how many members each has', featured.map((row) => row.usersCount), [4, 1, 0]);
  check('three at most are featured', ids(featured[0].featuredUsers), [ALICE, BOB, CAROL]);
  const { data: page, headers } = await done('GET', ORGANIZATIONS, { query: { page: 2, page_size: 1 } }, 200);
  check('the second page', [ids(page), headers.get('total-number')], [[GLOBEX], '3']);
  const next = /<([^>]*)>; rel="next"/.exec(headers.get('link'))[1];
  check('the next page', next, `${baseUrl}${ORGANIZATIONS}?page=3&page_size=1`);
  const followed = await fetch(next, {
    headers: { authorization: `Bearer ${(await clientCredentials.getAccessToken()).value}` },
  });
  check('the next page leads on', ids(await followed.json()), [EMPTY]);
  check('the members by id', await members(ACME), [ALICE, BOB, CAROL, DAVE]);
  check('the search for an address', await members(ACME, { q: 'EXAMPLE.COM' }), [ALICE, BOB]);
}

async function organizations() {
  const { data: made } = await done('POST', ORGANIZATIONS, {}, 201, { name: 'New Org', description: 'For the spring' });
  check('a new id', /^[0-9a-z]{12}$/.test(made.id), true);
  check('as it was created', (await done('GET', ORGANIZATION, of(made.id), 200)).data, made);
  const { data: renamed } = await done('PATCH', ORGANIZATION, of(made.id), 200, { name: 'Newer Org' });
  check('another name only', renamed, { ...made, name: 'Newer Org' });
  const { data: cleared } = await done('PATCH', ORGANIZATION, of(made.id), 200, { description: null });
  check('no description', cleared.description, null);
  await done('DELETE', ORGANIZATION, of(made.id), 204);
  await refused('it is gone', 'GET', ORGANIZATION, of(made.id), 404, 'entity.not_exists_with_id');
  await refused('it cannot go twice', 'DELETE', ORGANIZATION, of(made.id), 404, 'entity.not_found');
}

async function memberships() {
  await done('POST', USERS, of(EMPTY), 201, { userIds: [FRANK, ERIN] });
  await done('POST', USERS, of(EMPTY), 201, { userIds: [ERIN] });
  check('members once each', await members(EMPTY), [ERIN, FRANK]);

  const both = { userIds: [ERIN, FRANK], organizationRoleIds: [VIEWER, ADMIN] };
  await done('POST', USERS_ROLES, of(EMPTY), 201, both);
  check('both have both', [await roles(EMPTY, ERIN), await roles(EMPTY, FRANK)], [
    [VIEWER, ADMIN],
    [VIEWER, ADMIN],
  ]);
  await done('POST', ROLES, of(EMPTY, { userId: ERIN }), 201, { organizationRoleIds: [ADMIN, MEMBER] });
  check('held ones are passed over', await roles(EMPTY, ERIN), [VIEWER, ADMIN, MEMBER]);
  await done('DELETE', ROLE, of(EMPTY, { userId: ERIN, organizationRoleId: ADMIN }), 204);
  check('one less', await roles(EMPTY, ERIN), [VIEWER, MEMBER]);
  await done('PUT', ROLES, of(EMPTY, { userId: ERIN }), 204, { organizationRoleIds: [MEMBER] });
  check('this one only', await roles(EMPTY, ERIN), [MEMBER]);

  await done('DELETE', USER, of(EMPTY, { userId: ERIN }), 204);
  await done('POST', USERS, of(EMPTY), 201, { userIds: [ERIN] });
  check('who comes back starts without roles', await roles(EMPTY, ERIN), []);
  await done('PUT', USERS, of(EMPTY), 204, { userIds: [BOB, FRANK] });
  check('these and no others', await members(EMPTY), [BOB, FRANK]);
  check("elsewhere as before", await roles(GLOBEX, DAVE), [VIEWER]);
}

async function refuses() {
  const unknown = 'entity.relation_foreign_key_not_found';
  const required = 'organization.require_membership';
  const erin = of(ACME, { userId: ERIN });
  const bob = of(ACME, { userId: BOB });
  await refused('no organization', 'GET', USERS, of(NO_ORGANIZATION), 404, 'entity.not_exists_with_id');
  await refused('nothing to change', 'PATCH', ORGANIZATION, of(NO_ORGANIZATION), 404, 'entity.not_exists', { name: 'x' });
  await refused('no change', 'PATCH', ORGANIZATION, of(ACME), 400, 'entity.invalid_input', {});
  await refused('no name', 'POST', ORGANIZATIONS, {}, 400, 'guard.invalid_input', { name: '' });
  const page = { query: { page_size: 101 } };
  await refused('too long a page', 'GET', ORGANIZATIONS, page, 400, 'guard.invalid_pagination');
  await refused('nobody to add', 'POST', USERS, of(ACME), 400, 'guard.invalid_input', { userIds: [] });
  await refused('an unknown user', 'POST', USERS, of(ACME), 422, unknown, { userIds: [ERIN, NOBODY] });
  check('nobody was added', await members(ACME), [ALICE, BOB, CAROL, DAVE]);
  await refused('not a member', 'GET', ROLES, erin, 422, required);
  await refused('an unknown role', 'PUT', ROLES, bob, 422, unknown, { organizationRoleIds: [NO_ROLE] });
  await refused('not a member to remove', 'DELETE', USER, erin, 404, 'entity.not_found');
  const held = of(ACME, { userId: BOB, organizationRoleId: ADMIN });
  await refused('a role that is not held', 'DELETE', ROLE, held, 404, 'entity.not_found');
}

async function strangers() {
  const failure = async (api) => {
    const error = await api.clientCredentials.getAccessToken().then(
      () => null,
      (error) => error,
    );
    return [error?.name, error?.message];
  };
  const failed = (status) => ['ClientCredentialsError', `Failed to fetch access token: ${status}`];
  check('a wrong secret', await failure(managementApi('mock-app', 'wrong')), failed('401 Unauthorized'));
  const elsewhere = managementApi('mock-app', 'mock-app-secret', 'https://api.example.com');
  check('another resource', await failure(elsewhere), failed('400 Bad Request'));

  // The client warns of a token without the scope, and goes on.
  console.warn = () => {};
  const modest = managementApi('mock-app-without-scope', 'mock-app-without-scope-secret').apiClient;
  await refused('a token without the scope', 'GET', ORGANIZATIONS, {}, 403, 'auth.forbidden', undefined, modest);
  const bearing = (token) => createApiClient({ baseUrl, getToken: async () => token });
  for (const token of ['mock-token-expired', 'garbage']) {
    const client = bearing(token);
    await refused(token, 'GET', ORGANIZATIONS, {}, 401, 'auth.unauthorized', undefined, client);
  }
}

await tokens();
await lists();
await organizations();
await memberships();
await refuses();
await strangers();
console.log(`@logto/api: ${checks} checks hold`);
