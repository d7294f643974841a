import * as z from 'zod';
import { sessionIdSchema, userIdSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { failLine, toldLineSchema, typedLineSchema } from '../line-schema.ts';
import { cleanLine, codePointOf } from '../one-line.ts';
import { pictureHashSchema } from '../people/picture.ts';

const FOREIGN_TO_USERNAMES = /[^a-z0-9._-]/u;

/** Lower-cased on parse: usernames are unique without regard to case. */
export const usernameSchema = z
  .string()
  .max(64, { abort: true })
  .overwrite(cleanLine)
  .toLowerCase()
  .superRefine((username, context) => {
    const foreign = FOREIGN_TO_USERNAMES.exec(username)?.[0];
    if (foreign !== undefined) failLine(context, { code: 'bad-character', character: codePointOf(foreign) });
  })
  .regex(/^[a-z0-9._-]{3,32}$/);

/** What people see of an account, as typed. */
export const displayNameSchema = typedLineSchema(LIMITS.nameLength);

/** What a device calls itself, e.g. "Chromium on Linux". */
export const deviceNameSchema = typedLineSchema(LIMITS.nameLength);

/** The name of an account or a device, as the server sends it. */
export const toldNameSchema = toldLineSchema(LIMITS.nameLength);

export const passwordSchema = z.string().min(LIMITS.passwordMin).max(LIMITS.passwordMax);

/** An opaque 256-bit session token, base64url. */
export const tokenSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/**
 * 256 random bits, base64url, that a browser makes for one account at one server and sends with each sign-in.
 * The server keeps the hash of a secret that came with the right password, so that other people's guessing
 * does not delay such a device.
 */
export const deviceSecretSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** The part of an account that its owner and others see. */
export const accountSchema = z.strictObject({
  userId: userIdSchema,
  username: usernameSchema,
  displayName: toldNameSchema,
  /** Missing: no picture. */
  picture: pictureHashSchema.optional(),
});
export type Account = z.infer<typeof accountSchema>;

/** One's own account, with fields that nobody else sees. */
export const ownAccountSchema = z.strictObject({
  ...accountSchema.shape,
  /** The account signs in only with the provider. Missing: it has a password. */
  withoutPassword: z.literal(true).optional(),
});
export type OwnAccount = z.infer<typeof ownAccountSchema>;

/** Body of `POST /api/v1/accounts`. */
export const signUpSchema = z.strictObject({
  username: usernameSchema,
  displayName: displayNameSchema,
  password: passwordSchema,
  deviceName: deviceNameSchema.optional(),
  deviceSecret: deviceSecretSchema.optional(),
  /** As typed; required if `registration` is `invite`. */
  inviteCode: z.string().max(LIMITS.inviteCodeTyped).optional(),
});
export type SignUp = z.infer<typeof signUpSchema>;

/**
 * Body of `POST /api/v1/sessions`. The password is only limited in length: rules for new passwords do not
 * apply to old ones.
 */
export const signInSchema = z.strictObject({
  username: usernameSchema,
  password: z.string().min(1).max(LIMITS.passwordMax),
  deviceName: deviceNameSchema.optional(),
  deviceSecret: deviceSecretSchema.optional(),
});
export type SignIn = z.infer<typeof signInSchema>;

/** A PKCE challenge (S256) or verifier (RFC 7636) as phones make them: 32 bytes, base64url. */
const pkceSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** Query of `GET /oidc/start`. `state` comes back to the phone with the code. */
export const oidcStartSchema = z.strictObject({
  challenge: pkceSchema,
  state: pkceSchema,
  /** For a new account that needs an invite. */
  inviteCode: z.string().max(LIMITS.inviteCodeTyped).optional(),
});
export type OidcStart = z.infer<typeof oidcStartSchema>;

/**
 * Body of `POST /api/v1/sessions/provider`: the code from the address to which the browser was redirected.
 */
export const providerSignInSchema = z.strictObject({
  code: tokenSchema,
  verifier: pkceSchema,
  deviceName: deviceNameSchema.optional(),
});
export type ProviderSignIn = z.infer<typeof providerSignInSchema>;

/** Answer to signing up or in. The token is shown once; the server keeps a hash. */
export const signedInSchema = z.strictObject({
  token: tokenSchema,
  sessionId: sessionIdSchema,
  account: ownAccountSchema,
});
export type SignedIn = z.infer<typeof signedInSchema>;

/** Body of `PATCH /api/v1/accounts/current`. */
export const renameSchema = z.strictObject({ displayName: displayNameSchema });
export type Rename = z.infer<typeof renameSchema>;

/** Body of `PUT /api/v1/accounts/current/password`. */
export const passwordChangeSchema = z.strictObject({
  current: signInSchema.shape.password,
  next: passwordSchema,
});
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

/**
 * Body of `POST /api/v1/accounts/current/deletion`: an unlocked device must not be enough to delete an
 * account. If the account has no password, the session must be new.
 */
export const deletionSchema = z.strictObject({ password: signInSchema.shape.password.optional() });
export type Deletion = z.infer<typeof deletionSchema>;

/** Who may create an account on a server. */
export const registrationSchema = z.enum(['open', 'invite', 'closed']);
export type Registration = z.infer<typeof registrationSchema>;

/**
 * Answer of `GET /api/v1/server`: what a client needs before it signs in. Clients read it before they compare
 * versions, so they ignore fields of a later version.
 */
export const serverInfoSchema = z.object({
  product: z.literal('quick-call'),
  version: z.string().max(64),
  protocol: z.int().positive(),
  registration: registrationSchema,
  /** The OpenID Connect provider that people may sign in with, by the name that they know; null: none. */
  provider: z.strictObject({ name: z.string().min(1).max(64) }).nullable(),
});
export type ServerInfo = z.infer<typeof serverInfoSchema>;
