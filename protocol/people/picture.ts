import * as z from 'zod';

/** What a picture of a person may be; told by its bytes, not by what somebody says of it. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** Which picture somebody has: the first 128 bits of its SHA-256, base64url. Another picture has another. */
export const pictureHashSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
export type PictureHash = z.infer<typeof pictureHashSchema>;
