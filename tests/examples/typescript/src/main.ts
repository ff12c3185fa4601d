/** tsx src/main.ts EMAIL: takes a person out, by the settings in the environment, such as WHYLABS_URL. */

import { Offboarding } from './offboarding.ts';

const [email] = process.argv.slice(2);
if (email === undefined) {
  throw new Error('whom to take out? give an e-mail address');
}

const outcomes = await new Offboarding({
  whylabsUrl: setting('WHYLABS_URL'),
  whylabsKey: setting('WHYLABS_KEY'),
  whylabsOrganization: setting('WHYLABS_ORGANIZATION'),
  enhanceUrl: setting('ENHANCE_URL'),
  enhanceToken: setting('ENHANCE_TOKEN'),
  enhanceOrganization: setting('ENHANCE_ORGANIZATION'),
}).remove(email);
for (const { vendor, result, reason } of outcomes) {
  console.log([`${vendor}:`, result, reason].filter(Boolean).join(' '));
}
process.exitCode = outcomes.some(({ result }) => result === 'refused') ? 1 : 0;

function setting(name: string): string {
  const value = process.env[name];
  if (value === undefined) {
    throw new Error(`${name} is not set`);
  }
  return value;
}
