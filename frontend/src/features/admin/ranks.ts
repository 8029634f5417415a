/** Ranks that decide what an approver may approve, ascending; ACP and DSP are equals, as are DCP and SP. */
import type { Schema } from '~/api/index.ts'

export type Rank = Schema<'Level'>['min_rank']
export const RANKS: readonly Rank[] = ['SHO', 'ACP', 'DSP', 'DCP', 'SP', 'DIG', 'IG', 'ADG', 'DG']
