/** Who of a provider's people may have an account without an invite. */
export interface AllowRule {
  kind: 'domain' | 'group';
  name: string;
}

/** What a provider says of a person that rules look at. */
export interface Standing {
  /** Null: there is none, or the provider has not verified it. */
  verifiedEmail: string | null;
  groups: readonly string[];
}

/** Parses one entry of `OIDC_ALLOW`, such as `example.org` or `group:staff`; null if it is malformed. */
export const readAllowRule = (text: string): AllowRule | null => {
  const group = /^group:(.{1,128})$/.exec(text)?.[1];
  if (group !== undefined) return { kind: 'group', name: group };
  const domain = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text);
  return domain ? { kind: 'domain', name: text.toLowerCase() } : null;
};

/** Whether one of the rules names the person: by a group, or by the domain of an address that the provider has verified. */
export const isAllowed = (rules: readonly AllowRule[], { verifiedEmail, groups }: Standing): boolean => {
  const domain =
    verifiedEmail === null ? null : verifiedEmail.slice(verifiedEmail.lastIndexOf('@') + 1).toLowerCase();
  return rules.some(({ kind, name }) => (kind === 'domain' ? name === domain : groups.includes(name)));
};
