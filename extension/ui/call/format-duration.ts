const two = (value: number): string => String(value).padStart(2, '0');

/** `m:ss`, from an hour on `h:mm:ss`. A negative span counts as none. */
export const formatDuration = (milliseconds: number): string => {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const rest = two(seconds % 60);
  return hours > 0 ? `${String(hours)}:${two(minutes % 60)}:${rest}` : `${String(minutes)}:${rest}`;
};
