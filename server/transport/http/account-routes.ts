import { signedInSchema, signInSchema, signUpSchema } from '../../../protocol/account/account.ts';
import { publicPost, signedIn } from './api-route.ts';
import type { Route } from './route.ts';
import type { Accounts } from '../../account/accounts.ts';

const result = { name: 'SignedIn', schema: signedInSchema };

/** Sign up, sign in, sign out. */
export const accountRoutes = (accounts: Accounts): Route[] => [
  publicPost(
    {
      path: '/api/v1/accounts',
      operationId: 'signUp',
      summary: 'Create an account and sign this device in',
      body: { name: 'SignUp', schema: signUpSchema },
      result,
      problems: ['registration-closed', 'invite-needed', 'invite-invalid', 'username-taken', 'overloaded'],
    },
    (wish, address) => accounts.signUp(wish, address),
  ),
  publicPost(
    {
      path: '/api/v1/sessions',
      operationId: 'signIn',
      summary: 'Sign this device in',
      body: { name: 'SignIn', schema: signInSchema },
      result,
      problems: ['wrong-credentials', 'overloaded'],
    },
    (claim, address) => accounts.signIn(claim, address),
  ),
  signedIn(
    {
      method: 'delete',
      path: '/api/v1/sessions/current',
      operationId: 'signOut',
      summary: 'Sign this device out: its token and its connections end',
      problems: [],
    },
    (identity) => accounts.signOut(identity),
  ),
];
