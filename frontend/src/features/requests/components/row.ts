import type { ReactNode } from 'react'

export type Row = readonly [ReactNode, ReactNode]

/** A row of `Facts`. */
export const row = (name: ReactNode, value: ReactNode): Row => [name, value]
