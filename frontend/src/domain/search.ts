/** Search parameters of routes: what is not understood is left out, so that an old address still opens. */

/** Reads one parameter; undefined when it is not there or not of its kind. */
export type Reader<T> = (value: unknown) => T | undefined

/** A text that is not empty. A number or truth is written as text: the address has no types. */
export const text: Reader<string> = (value) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value) || undefined
    : undefined

export const oneOf =
  <const T extends string>(allowed: readonly T[]): Reader<T> =>
  (value) =>
    allowed.find((each) => each === value)

/** Several of them; a single one may stand alone. */
export const someOf =
  <const T extends string>(allowed: readonly T[]): Reader<T[]> =>
  (value) => {
    const found = [value].flat().flatMap((each) => oneOf(allowed)(each) ?? [])
    return found.length > 0 ? found : undefined
  }

type Shape = Record<string, Reader<unknown>>
type Read<S extends Shape> = { [K in keyof S]?: Exclude<ReturnType<S[K]>, undefined> }

/** A route's `validateSearch` from its parameters. */
export const searchOf =
  <S extends Shape>(shape: S) =>
  (raw: Record<string, unknown>): Read<S> => {
    const found: Record<string, unknown> = {}
    for (const [name, read] of Object.entries(shape)) {
      const value = read(raw[name])
      if (value !== undefined) found[name] = value
    }
    return found as Read<S>
  }

export type SearchOf<F extends (raw: Record<string, unknown>) => unknown> = ReturnType<F>
