import { deletionSchema, passwordChangeSchema, renameSchema } from '../../../protocol/account/account.ts';
import { signedInWith } from './api-route.ts';
import type { Route } from './route.ts';
import type { OwnAccount } from '../../account/own-account.ts';

/** What a person does to their own account. */
export const ownAccountRoutes = (own: OwnAccount): Route[] => [
  signedInWith(
    {
      method: 'patch',
      path: '/api/v1/accounts/current',
      operationId: 'rename',
      summary: 'Change the display name',
      body: { name: 'Rename', schema: renameSchema },
      problems: [],
    },
    (wish, identity) => own.rename(wish, identity),
  ),
  signedInWith(
    {
      method: 'put',
      path: '/api/v1/accounts/current/password',
      operationId: 'changePassword',
      summary: 'Change the password; every other device is signed out',
      body: { name: 'PasswordChange', schema: passwordChangeSchema },
      problems: ['wrong-password', 'overloaded'],
    },
    (change, identity) => own.changePassword(change, identity),
  ),
  // Not DELETE: it takes a body, which that method gives no meaning to and proxies may drop.
  signedInWith(
    {
      method: 'post',
      path: '/api/v1/accounts/current/deletion',
      operationId: 'deleteAccount',
      summary: 'Delete the account and all that is kept of the person',
      body: { name: 'Deletion', schema: deletionSchema },
      problems: ['wrong-password', 'sign-in-again', 'overloaded'],
    },
    (proof, identity) => own.delete(proof, identity),
  ),
];
