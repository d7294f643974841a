import type { Tables } from './tables.ts';

const NAMES = [
  'accounts',
  'sessions',
  'known_devices',
  'invites',
  'disabled_accounts',
  'operator_words',
  'hidden_addresses',
  'pictures',
  'held_profiles',
  'frozen_profiles',
  'identities',
  'oidc_flows',
  'oidc_codes',
  'presence',
  'contacts',
  'contact_requests',
  'contact_codes',
  'contact_marks',
  'blocks',
  'calls',
  'history',
  'messages',
  'message_positions',
  'sweeps',
] as const satisfies readonly (keyof Tables)[];

type Missing = Exclude<keyof Tables, (typeof NAMES)[number]>;

/**
 * Every table, ordered so that none refers to a later one. The code does not compile if a table is missing
 * here.
 */
export const TABLE_NAMES: [Missing] extends [never] ? typeof NAMES : Missing = NAMES;
