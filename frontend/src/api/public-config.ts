/** What the server tells everybody: where the hub is, the limits, the demo accounts of a standalone run. */

export interface PublicConfig {
  hub_url: string
  env: string
  demo_accounts: { email: string; password: string; name: string; role: string; tenant: string; rank: string }[] | null
  scan_required: boolean
  max_file_bytes: number
  languages: string[]
  server_time: string
  version: string
}

let known: PublicConfig | null = null

/** The answer of an earlier call of this page. */
export const knownPublicConfig = (): PublicConfig | null => known

export async function readPublicConfig(signal?: AbortSignal): Promise<PublicConfig> {
  const response = await fetch('/api/v1/config/', { signal })
  if (!response.ok) throw new Error(`config: ${response.status}`)
  known = (await response.json()) as PublicConfig
  return known
}
