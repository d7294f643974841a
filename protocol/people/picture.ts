import * as z from 'zod';

/** The allowed types of a person's picture, recognised by the bytes and not by a declared type. */
export const PICTURE_TYPES = ['image/png', 'image/jpeg', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** Identifies a picture by its content: the first 128 bits of its SHA-256, base64url. */
export const pictureHashSchema = z.string().regex(/^[A-Za-z0-9_-]{22}$/);
export type PictureHash = z.infer<typeof pictureHashSchema>;
