import { userIdSchema } from '../../../protocol/ids.ts';
import { LIMITS } from '../../../protocol/limits.ts';
import { PICTURE_TYPES } from '../../../protocol/people/picture.ts';
import { signedIn } from './api-route.ts';
import type { Route } from './route.ts';
import { Refused } from '../../refused.ts';
import type { Pictures } from '../../people/pictures.ts';

/** One's own picture, and those of the people one sees. */
export const pictureRoutes = (pictures: Pictures): Route[] => [
  {
    kind: 'upload',
    method: 'put',
    path: '/api/v1/accounts/current/picture',
    operationId: 'setPicture',
    summary: 'Set the picture: the file itself is the body',
    accepts: PICTURE_TYPES,
    limit: LIMITS.pictureBytes,
    problems: ['not-a-picture'],
    run: (bytes, identity) => pictures.set(bytes, identity),
  },
  signedIn(
    {
      method: 'delete',
      path: '/api/v1/accounts/current/picture',
      operationId: 'removePicture',
      summary: 'Remove the picture',
      problems: [],
    },
    (identity) => pictures.remove(identity),
  ),
  {
    kind: 'download',
    method: 'get',
    path: '/api/v1/people/:userId/picture',
    operationId: 'picture',
    summary: 'The picture of somebody whom the person sees, or their own',
    produces: PICTURE_TYPES,
    problems: ['not-found'],
    run({ userId }, identity) {
      const { data } = userIdSchema.safeParse(userId);
      if (data === undefined) throw new Refused('not-found');
      return pictures.of(data, identity);
    },
  },
];
