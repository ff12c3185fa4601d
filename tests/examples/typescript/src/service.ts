/** A service that takes people who leave out of their organizations at WhyLabs and Enhance. */

/** Where the vendors are, and who calls them for which organizations. */
export interface Settings {
  whylabsUrl: string;
  whylabsKey: string;
  whylabsOrganization: string;
  enhanceUrl: string;
  enhanceToken: string;
  enhanceOrganization: string;
}

/** What became of a membership at one vendor. */
export interface Outcome {
  vendor: 'WhyLabs' | 'Enhance';
  result: 'removed' | 'no member' | 'refused';
  reason?: string;
}

/** Waits so many seconds. */
export type Sleep = (seconds: number) => Promise<void>;

export interface Service {
  remove(email: string): Promise<Outcome[]>;
}
