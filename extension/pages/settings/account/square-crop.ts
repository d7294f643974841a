/** The largest square in the middle of a picture, in its pixels. */
export const squareCrop = (picture: {
  width: number;
  height: number;
}): { left: number; top: number; side: number } => {
  const side = Math.min(picture.width, picture.height);
  return {
    left: Math.floor((picture.width - side) / 2),
    top: Math.floor((picture.height - side) / 2),
    side,
  };
};
