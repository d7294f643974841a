import type { Tracer } from './tracer.ts';

type Work = (...args: unknown[]) => Promise<unknown>;

/** A type all of whose methods are asynchronous, because timing them would make them so. */
type Asynchronous<T> = {
  [K in keyof T]: T[K] extends (...args: never[]) => infer R
    ? R extends Promise<unknown>
      ? T[K]
      : never
    : T[K] extends object
      ? Asynchronous<T[K]>
      : T[K];
};

const isWork = (value: unknown): value is Work => typeof value === 'function';
const isThing = (value: unknown): value is object => typeof value === 'object' && value !== null;

const wrapThing = <T extends object>(thing: T, name: string, tracer: Pick<Tracer, 'part'>): T => {
  // Kept, so that asking twice for the same method gives the same one.
  const wrapped = new Map<PropertyKey, unknown>();
  const wrap = (key: PropertyKey, value: unknown): unknown => {
    const path = `${name}.${String(key)}`;
    if (isWork(value)) {
      return (...args: unknown[]) => tracer.part(path, () => value.apply(thing, args));
    }
    return isThing(value) ? wrapThing(value, path, tracer) : value;
  };
  return new Proxy(thing, {
    get(target, key) {
      if (!wrapped.has(key)) wrapped.set(key, wrap(key, Reflect.get(target, key, target)));
      return wrapped.get(key);
    },
  });
};

/**
 * The same object, with a span for each of its methods, by name, and for those
 * of its parts. Spans hold names only: arguments and results are people's.
 */
export const traceParts = <T extends object & Asynchronous<T>>(
  thing: T,
  name: string,
  tracer: Pick<Tracer, 'part'>,
): T => wrapThing(thing, name, tracer);
